import { createMessages } from '../../i18n/language';
import { en } from './en';
import { ko } from './ko';

/** The fan's texts, in the language of now. */
export const messages = createMessages({ en, ko });
