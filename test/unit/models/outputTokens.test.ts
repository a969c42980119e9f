import { MODELS, type ModelId } from '../../../nodes/AiImages/models';
import { outputTokensOf } from '../../../nodes/AiImages/models/outputTokens';

/**
 * The numbers of the calculator in https://developers.openai.com/api/docs/guides/image-generation;
 * 7024, 5488, 5063 and 12329 were also seen on bills:
 * https://community.openai.com/t/livestream-starting-now-chatgpt-images-2-0/1379464?page=2
 */
describe('the output tokens of an image', () => {
	it.each<[ModelId, string, string, number]>([
		['gpt-image-2', 'low', '1024x1024', 196],
		['gpt-image-2', 'medium', '1024x1024', 1756],
		['gpt-image-2', 'high', '1024x1024', 7024],
		['gpt-image-2', 'high', '1536x1024', 5488],
		['gpt-image-2', 'high', '1024x1536', 5488],
		['gpt-image-2', 'high', '3840x2160', 13_342],
		['gpt-image-2.5-flare', 'low', '1536x1024', 158],
		['gpt-image-2.5-flare', 'medium', '2048x2048', 892],
		['gpt-image-2.5-flare', 'high', '2048x1152', 1413],
		['gpt-image-2.5-sunburst', 'xhigh', '2560x1440', 3276],
		['gpt-image-2.5-sunburst', 'max', '2048x2048', 14_272],
		['gpt-image-1.5', 'low', '1024x1024', 272],
		['gpt-image-1-mini', 'medium', '1536x1024', 1568],
		['gpt-image-1', 'high', '1024x1536', 6240],
	])('of %s in quality %s at %s are %i', (model, quality, size, tokens) => {
		expect(outputTokensOf(MODELS[model].outputTokens, size, quality)).toBe(tokens);
	});

	it.each<[ModelId, string, string]>([
		['gpt-image-2.6-flare', 'low', '1024x1024'],
		['gpt-image-2', 'auto', '1024x1024'],
		['gpt-image-2', 'low', 'auto'],
		['gpt-image-1.5', 'auto', '1024x1024'],
		['dall-e-3', 'hd', '1024x1024'],
	])('of %s in quality %s at %s are not known', (model, quality, size) => {
		expect(outputTokensOf(MODELS[model].outputTokens, size, quality)).toBeNull();
	});
});
