import { createMessages } from '../../i18n/language';
import { en } from './en';
import { ko } from './ko';

/** The operator's texts, in the language of now. */
export const messages = createMessages({ en, ko });
