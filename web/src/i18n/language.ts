import { computed, effect, type ReadonlySignal } from '@preact/signals';
import { stored } from '../platform/stored';

export const languages = { en: 'English', ko: '한국어' } as const;
export type Language = keyof typeof languages;

const preferred: Language = navigator.languages.find((tag) => /^(en|ko)\b/.test(tag))?.startsWith('ko') ? 'ko' : 'en';
const chosen = stored<Language>(
  'language',
  preferred,
  (value) => typeof value === 'string' && Object.hasOwn(languages, value),
);

export const language: ReadonlySignal<Language> = chosen.signal;
export const chooseLanguage = chosen.write;

effect(() => {
  document.documentElement.lang = language.value;
});

/** The texts of an entry in the language of now; reading `.value` in a component follows it. */
export function createMessages<M>(texts: Record<Language, M>): ReadonlySignal<M> {
  return computed(() => texts[language.value]);
}
