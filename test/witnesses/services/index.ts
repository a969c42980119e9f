import type { Witness } from '../witness';
import { ark } from './ark';
import { azure, azureAiSdk } from './azure';
import { blackForestLabs } from './blackForestLabs';
import { chat } from './chat';
import { compatible } from './compatible';
import { fal } from './fal';
import { google, googleAiSdk } from './google';
import { ideogram } from './ideogram';
import { openai } from './openai';
import { openRouter } from './openRouter';
import { replicate } from './replicate';
import { stabilityAi } from './stabilityAi';
import { together } from './together';
import { vercelChat, vercelImages } from './vercel';
import { xai } from './xai';

export const WITNESSES: readonly Witness[] = [
	...[ark, azure, azureAiSdk, blackForestLabs, chat, compatible],
	...[fal, google, googleAiSdk, ideogram, openai, openRouter, replicate],
	...[stabilityAi, together, vercelChat, vercelImages, xai],
];
