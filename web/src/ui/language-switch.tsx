import { chooseLanguage, type Language, language, languages } from '../i18n/language';

/** Offers the other language, in its own words. */
export function LanguageSwitch() {
  const other: Language = language.value === 'en' ? 'ko' : 'en';
  return (
    <button type="button" class="button quiet" lang={other} onClick={() => chooseLanguage(other)}>
      {languages[other]}
    </button>
  );
}
