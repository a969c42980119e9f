/** The workflows of demo/workflows, as they are imported; only nodes of accounts are swapped. */
import { blogSizes } from './workflows/blogSizes';
import { useWorkflowHost } from './workflows/host';
import { promptTable } from './workflows/promptTable';
import { shopBackfill } from './workflows/shopBackfill';

const host = useWorkflowHost();

describe('prompts from a table', () => promptTable(host));
describe('blog header and social sizes', () => blogSizes(host));
describe('shop backfill with a fallback', () => shopBackfill(host));
