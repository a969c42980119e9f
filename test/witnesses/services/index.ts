import type { Witness } from '../witness';
import { ark } from './ark';
import { azure, azureAiSdk } from './azure';
import { blackForestLabs } from './blackForestLabs';
import { chat } from './chat';
import { compatible } from './compatible';
import { google, googleAiSdk } from './google';
import { openai } from './openai';
import { openRouter } from './openRouter';
import { replicate } from './replicate';
import { together } from './together';
import { vercelChat, vercelImages } from './vercel';
import { xai } from './xai';

export const WITNESSES: readonly Witness[] = [
	...[ark, azure, azureAiSdk, blackForestLabs, chat, compatible],
	...[google, googleAiSdk, openai, openRouter, replicate],
	...[together, vercelChat, vercelImages, xai],
];
