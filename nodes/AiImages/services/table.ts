import { ARK, BYTEPLUS } from './ark';
import { AZURE } from './azure';
import { BLACK_FOREST_LABS } from './blackForestLabs';
import { CHAT } from './chat';
import { COMPATIBLE } from './compatible';
import { DASHSCOPE } from './dashScope';
import { FAL } from './fal';
import { GOOGLE } from './google';
import { IDEOGRAM } from './ideogram';
import { OPENAI } from './openai';
import { OPENROUTER } from './openRouter';
import { REPLICATE } from './replicate';
import { STABILITY_AI } from './stabilityAi';
import { TOGETHER } from './together';
import type { Service } from './types';
import { VERCEL } from './vercel';
import { XAI } from './xai';

/** Every service, in the order of *Service* in the credential; those without a name come last. */
export const SERVICES = {
	openai: OPENAI,
	dashScope: DASHSCOPE,
	azure: AZURE,
	blackForestLabs: BLACK_FOREST_LABS,
	bytePlus: BYTEPLUS,
	fal: FAL,
	google: GOOGLE,
	ideogram: IDEOGRAM,
	openRouter: OPENROUTER,
	replicate: REPLICATE,
	stabilityAi: STABILITY_AI,
	together: TOGETHER,
	vercel: VERCEL,
	ark: ARK,
	xai: XAI,
	compatible: COMPATIBLE,
	chat: CHAT,
} as const satisfies Readonly<Record<string, Service>>;

export type ServiceId = keyof typeof SERVICES;
