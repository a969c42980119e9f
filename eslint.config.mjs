import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import * as parser from '@typescript-eslint/parser';
import { defineConfig, globalIgnores } from 'eslint/config';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';

/** The files that n8n's scanner lints: its SOURCE_FILE_PATTERNS. */
const shippedSources = ['package.json', '{nodes,credentials}/**/*.{js,ts,json}'];

/**
 * The rules of n8n's scanner (`buildScanConfig` in `@n8n/scan-community-package`), with the newer
 * plugin. `npm run scan` fails when a rule of the scanner is missing here or set more mildly.
 */
const n8nRules = [
	{ files: shippedSources, extends: [n8nCommunityNodesPlugin.configs.recommended] },
	{ files: shippedSources, rules: { 'no-console': 'error' } },
	{ plugins: { 'n8n-nodes-base': n8nNodesPlugin } },
	{ files: ['package.json'], rules: { ...n8nNodesPlugin.configs.community.rules } },
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesPlugin.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesPlugin.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
];

const houseRules = {
	files: ['**/*.{ts,js,mjs,cjs}'],
	rules: {
		eqeqeq: 'error',
		'no-debugger': 'error',
		'no-unreachable': 'error',
		'no-var': 'error',
		'no-warning-comments': ['error', { terms: ['todo', 'fixme', '@ts-ignore', '@ts-nocheck'] }],
		'object-shorthand': 'error',
		'prefer-const': 'error',
		'no-restricted-syntax': [
			'error',
			{ selector: 'TSAnyKeyword', message: 'Name the type, or use unknown.' },
			{
				selector: 'MemberExpression[object.name=/^(describe|it|test)$/][property.name="only"]',
				message: 'A committed suite runs whole.',
			},
		],
	},
};

const testRules = { files: ['test/**/*.ts'], rules: { 'no-console': 'error' } };

/**
 * What each folder of the node may import, types included; its own files always. Imports point down,
 * and nothing points out of the package. docs/architecture.md tells what each folder is for.
 */
export const LAYERS = {
	values: [],
	errors: ['values'],
	media: ['values'],
	models: ['values'],
	transport: ['errors', 'media', 'values'],
	services: ['models', 'transport', 'values'],
	options: ['models', 'values'],
	fields: ['models', 'options', 'values'],
	request: ['errors', 'fields', 'media', 'models', 'options', 'services', 'transport', 'values'],
	response: ['errors', 'media', 'models', 'services', 'transport', 'values'],
	output: ['errors', 'media', 'models', 'options', 'request', 'services', 'transport', 'values'],
	methods: ['errors', 'models', 'response', 'services', 'transport', 'values'],
	execution: [
		...['errors', 'models', 'output', 'request', 'response', 'services', 'transport', 'values'],
	],
};

const layers = [
	...Object.entries(LAYERS).flatMap(([folder, allowed]) => onlyFrom(folder, allowed)),
	outOf(['nodes/AiImages/*.ts', 'credentials/**'], ['demo', 'test']),
	// Written from the API's public reference alone, or its bugs would agree with the node's.
	outOf(['demo/image-service/**'], ['nodes', 'credentials']),
	// It guards moves of files, and must not move with them.
	outOf(['test/recording/**'], ['nodes/AiImages', 'credentials/AiImagesApi.credentials']),
];

export default defineConfig(
	globalIgnores(['dist/', 'coverage/', 'demo/n8n/', 'demo/output/']),
	{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
	{ files: ['**/*.ts', ...shippedSources], languageOptions: { parser } },
	{ files: ['**/*.js'], languageOptions: { sourceType: 'commonjs' } },
	n8nRules,
	houseRules,
	testRules,
	layers,
);

/** Lets a folder of the node import its own files, those of the folders named, and packages. */
function onlyFrom(folder, allowed) {
	const nothing = '(?!)';
	return [1, 2, 3].map((depth) => ({
		files: [`nodes/AiImages/${folder}${'/*'.repeat(depth)}.ts`],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: `^(?:\\.\\./){${depth}}(?!(?:${allowed.join('|') || nothing})(?:/|$))`,
							message: `${folder}/ may import from: ${allowed.join(', ') || 'nothing else'}.`,
						},
					],
				},
			],
		},
	}));
}

/** Forbids `files` to import anything from a folder (or file) with one of the given names. */
function outOf(files, forbidden) {
	return {
		files,
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: `^\\..*/(${forbidden.join('|')})(/|$)`,
							message: 'This import points out of the package.',
						},
					],
				},
			],
		},
	};
}
