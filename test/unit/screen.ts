import { AiImages } from '../../nodes/AiImages/AiImages.node';
import { screenOf } from '../helpers/screen';

export { namesOf, optionsOf, valuesOf } from '../helpers/screen';

/** The description that n8n loads. */
export const description = new AiImages().description;

export const { parametersOf, shownFields, shownNotices, shownOptions } = screenOf(description);
