import type { Topic } from '../row';
import { BASE64_FORMS } from './base64Forms';
import { BROKEN_RESPONSES } from './brokenResponses';
import { BROKEN_STREAMS } from './brokenStreams';
import { CAPS } from './caps';
import { CONNECTIONS } from './connections';
import { DASHSCOPE } from './dashScope';
import { DEADLINES } from './deadlines';
import { EMPTY_RESPONSES } from './emptyResponses';
import { ERROR_SHAPES } from './errorShapes';
import { FIREWALLS } from './firewalls';
import { FORM_SERVICES } from './formServices';
import { GATEWAY_WORDS } from './gatewayWords';
import { HOSTILE } from './hostile';
import { IMAGES } from './images';
import { JSON_FORMS } from './jsonForms';
import { LATE_LINKS, PARTS } from './lateLinks';
import { LIMITS } from './limits';
import { LINKS } from './links';
import { LOST_LINKS } from './lostLinks';
import { ON_ERROR } from './onError';
import { PARAMETERS } from './parameters';
import { PARAMETER_WORDS } from './parameterWords';
import { PLACES } from './places';
import { REFUSALS } from './refusals';
import { RETRY_ON_FAIL } from './retryOnFail';
import { SERVICES } from './services';
import { SERVER_ERRORS } from './serverErrors';
import { STREAMS } from './streams';
import { TOOL_USE } from './toolUse';

/** Every row, by topic, in the order of `docs/errors.md`. */
export const TOPICS: readonly Topic[] = [
	LIMITS,
	SERVER_ERRORS,
	CONNECTIONS,
	DEADLINES,
	REFUSALS,
	PARAMETERS,
	PARAMETER_WORDS,
	ERROR_SHAPES,
	GATEWAY_WORDS,
	FIREWALLS,
	EMPTY_RESPONSES,
	BROKEN_RESPONSES,
	JSON_FORMS,
	BASE64_FORMS,
	PLACES,
	LINKS,
	LATE_LINKS,
	LOST_LINKS,
	STREAMS,
	BROKEN_STREAMS,
	IMAGES,
	CAPS,
	PARTS,
	ON_ERROR,
	RETRY_ON_FAIL,
	TOOL_USE,
	SERVICES,
	FORM_SERVICES,
	DASHSCOPE,
	HOSTILE,
];
