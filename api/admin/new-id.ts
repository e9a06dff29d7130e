import { z } from 'zod';

/**
 * An id of your own for something new: choosing it is what makes repeating the request safe. Short enough that the ids
 * of seats made from it stay within 80 characters; no braces, since Redis keys put it between some.
 */
export function newIdOf(example: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'Must be 1 to 40 letters, digits, _ and -, the first one no _ or -')
    .meta({ description: 'An id of your choice; the same request again gives the same answer', example });
}
