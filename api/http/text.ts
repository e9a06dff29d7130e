import { z } from 'zod';

/** Control characters, line ends of Unicode, and marks that turn the direction of what stands around a text. */
const unprintable = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
/** At least one character that leaves ink; fillers and joiners leave none, though some count as letters. */
const visible = /(?!\p{Default_Ignorable_Code_Point}|\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/** A name or title as people read it: of one line, with something to see, which does not disarrange the text around it. */
export function lineOfText(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !unprintable.test(text), {
      message: 'Must have no control characters',
      params: { code: 'CONTROL_CHARACTERS' },
    })
    .refine((text) => visible.test(text), { message: 'Must have a visible character', params: { code: 'INVISIBLE' } });
}

/** An address that browsers may be sent to: http or https, no name or password in it, nothing that parsers would skip. */
export function webAddress(max: number) {
  // As it was sent: z.url forgets line breaks and spaces, as browsers do, and would store another address than it looked at.
  return z
    .string()
    .max(max)
    .refine((text) => !/[\s\p{Cc}\\]/u.test(text), 'Must have no spaces, line breaks or backslashes')
    .refine(isWebAddress, 'Must be an http or https address without a name or password')
    .meta({ format: 'uri' });
}

function isWebAddress(text: string): boolean {
  // `https:///host` and `https://@host` are other addresses to a browser than to other readers.
  return /^https?:\/\/[^/?#@]+([/?#]|$)/i.test(text) && URL.canParse(text);
}
