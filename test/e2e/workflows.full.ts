/** The workflows of demo/workflows, as they are imported; only nodes of accounts are swapped. */
import { useChatModel } from './agent/chatModel';
import { agentWithFiles } from './workflows/agentWithFiles';
import { anyService } from './workflows/anyService';
import { approval } from './workflows/approval';
import { blogSizes } from './workflows/blogSizes';
import { useWorkflowHost } from './workflows/host';
import { imageAgent } from './workflows/imageAgent';
import { logoVariants } from './workflows/logoVariants';
import { productStudio } from './workflows/productStudio';
import { promptTable } from './workflows/promptTable';
import { shopBackfill } from './workflows/shopBackfill';
import { useTelegram } from './workflows/telegram';
import { telegramBot } from './workflows/telegramBot';
import { thumbnails } from './workflows/thumbnails';
import { tryOn } from './workflows/tryOn';

const host = useWorkflowHost();
const telegram = useTelegram(host);
const model = useChatModel();
beforeAll(async () => {
	const account = { apiKey: 'sk-chat', url: model.url };
	await host.credential('OpenAI account', 'openAiApi', account);
});

describe('product photo studio', () => productStudio(host));
describe('prompts from a table', () => promptTable(host));
describe('Telegram bot', () => telegramBot(host, telegram));
describe('blog header and social sizes', () => blogSizes(host));
describe('schedule with approval', () => approval(host, telegram));
describe('virtual try-on', () => tryOn(host));
describe('image agent in a chat', () => imageAgent(host, model));
describe('image agent with files', () => agentWithFiles(host, model));
describe('logo variants', () => logoVariants(host));
describe('thumbnail test', () => thumbnails(host));
describe('shop backfill with a fallback', () => shopBackfill(host));
describe('FLUX.2 at any service', () => anyService(host));
