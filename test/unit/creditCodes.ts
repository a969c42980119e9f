/** Codes with which OpenAI says that an account has no credit left. */
export const CREDIT_CODES = [
	'insufficient_quota',
	'credit_balance_exhausted',
	'organization_spend_limit_exceeded',
	'project_spend_limit_exceeded',
	'organization_usage_limit_exceeded',
	'billing_not_active',
] as const;
