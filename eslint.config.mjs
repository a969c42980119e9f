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
 * Imports point down: node → operations → fields, request, transport, response → models. Fields know
 * no transport, and transport knows no model.
 */
const layers = [
	layer(['{nodes,credentials}/**'], ['demo', 'test']),
	layer(
		['nodes/AiImages/{fields,request,response}/**'],
		['demo', 'test', 'operations', 'AiImages.node'],
	),
	layer(['nodes/AiImages/fields/**'], ['demo', 'test', 'operations', 'AiImages.node', 'transport']),
	layer(
		['nodes/AiImages/transport/**'],
		['demo', 'test', 'operations', 'AiImages.node', 'models', 'fields'],
	),
	{
		files: ['nodes/AiImages/models/**'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [{ regex: '^(?!\\./)', message: 'The tables import nothing but each other.' }],
				},
			],
		},
	},
	// Written from the API's public reference alone, or its bugs would agree with the node's.
	layer(['demo/image-service/**'], ['nodes', 'credentials']),
	// It guards moves of files, and must not move with them.
	layer(['test/recording/**'], ['nodes/AiImages', 'credentials/AiImagesApi.credentials']),
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

/** Forbids `files` to import anything from a folder (or file) with one of the given names. */
function layer(files, forbidden) {
	return {
		files,
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: `^\\..*/(${forbidden.join('|')})(/|$)`,
							message: 'This import points up, or out of the package.',
						},
					],
				},
			],
		},
	};
}
