import { computed } from '@preact/signals';
import { createMessages, language } from './language';
import { timesIn } from './times';

const yourTime = createMessages({
  en: (time: string) => `Your time: ${time}`,
  ko: (time: string) => `내 시간대 기준 ${time}`,
});

/** How numbers and times are written in the language of now. */
export const format = computed(() => {
  // The user's own region within the language: 20 June or June 20.
  const tag = navigator.languages.find((one) => one.startsWith(language.value)) ?? language.value;
  const whole = new Intl.NumberFormat(tag);
  const oneDigit = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return {
    number: (n: number) => whole.format(n),
    tenths: (n: number) => oneDigit.format(n),
    ...timesIn(tag),
    yourTime: yourTime.value,
    /** `5, 6 and 7`; in Korean, where numbers are only enumerated: `5, 6, 7`. */
    list: (items: string[]) =>
      language.value === 'ko' ? items.join(', ') : new Intl.ListFormat(tag, { type: 'conjunction' }).format(items),
  };
});
