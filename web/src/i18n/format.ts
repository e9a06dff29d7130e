import { computed } from '@preact/signals';
import { language } from './language';

/** How numbers and times are written in the language of now. */
export const format = computed(() => {
  // The user's own region within the language: 20 June or June 20.
  const tag = navigator.languages.find((one) => one.startsWith(language.value)) ?? language.value;
  const whole = new Intl.NumberFormat(tag);
  const oneDigit = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const long = new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'short' });
  const short = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const clock = new Intl.DateTimeFormat(tag, { timeStyle: 'short' });
  return {
    number: (n: number) => whole.format(n),
    tenths: (n: number) => oneDigit.format(n),
    /** ISO 8601 in, the user's own time zone out. */
    dateTime: (iso: string) => long.format(new Date(iso)),
    shortDateTime: (iso: string) => short.format(new Date(iso)),
    time: (iso: string) => clock.format(new Date(iso)),
    dateParts(iso: string) {
      const at = new Date(iso);
      const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options).format(at);
      return { day: String(at.getDate()), month: part({ month: 'short' }), weekday: part({ weekday: 'long' }) };
    },
    /** `5, 6 and 7`; in Korean, where numbers are only enumerated: `5, 6, 7`. */
    list: (items: string[]) =>
      language.value === 'ko' ? items.join(', ') : new Intl.ListFormat(tag, { type: 'conjunction' }).format(items),
  };
});
