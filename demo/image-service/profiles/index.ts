import { ark } from './ark.ts';
import { azure } from './azure.ts';
import { blackForestLabs } from './blackForestLabs.ts';
import { chat } from './chat.ts';
import { dashScope } from './dashScope.ts';
import { fal } from './fal.ts';
import { google } from './google.ts';
import { ideogram } from './ideogram.ts';
import { openRouter } from './openRouter.ts';
import type { Profile } from './profile.ts';
import { replicate } from './replicate.ts';
import { stability } from './stability.ts';
import { together } from './together.ts';
import { vercel } from './vercel.ts';
import { xai } from './xai.ts';

/** The dialects beside OpenAI's, each below the path of its name. */
export const profiles: readonly Profile[] = [
	...[ark, azure, blackForestLabs, chat, dashScope, fal, google, ideogram, openRouter],
	...[replicate, stability, together, vercel, xai],
];
