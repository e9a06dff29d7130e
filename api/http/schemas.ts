import { z } from 'zod';

/** Ids of the demo concert and plausible ones of what people make, so that examples can be tried out. */
const exampleIds = {
  concert: 'concert_demo',
  perf: 'perf_demo_1',
  seat: 'perf_demo_1-A-1',
  hold: 'hold_01k9yfz8e3m2v5q7w4x6c8b9na',
  pay: 'pay_01k9yfzb71d4h6k8p2r5t7v9xy',
  res: 'res_01k9yfzb71d4h6k8p2r5t7v9xy',
  block: 'block_01k9yfz8e3m2v5q7w4x6c8b9na',
  topup: 'topup_01k9yfz8e3m2v5q7w4x6c8b9na',
  standby: 'standby_01k9yfz8e3m2v5q7w4x6c8b9na',
  job: 'job_01k9yfz8e3m2v5q7w4x6c8b9na',
} as const;

type IdKind = keyof typeof exampleIds;

/** An id. Unknown ones are a 404 whatever they look like; the bounds only keep nonsense away from the stores. */
export function idOf(kind: IdKind) {
  return z.string().min(1).max(80).meta({ example: exampleIds[kind] });
}

export const example = exampleIds;

/** A user's id: the subject of a bearer token, up to 255 ASCII characters. */
export const userId = z
  .string()
  .regex(/^[\x20-\x7e]{1,255}$/)
  .meta({ example: 'user_5a1f0c3b9d7e2846f0a1' });

/** With `Z` or an offset such as `+09:00`; answers have `Z`. */
export const time = z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T19:00:00.000Z' });

/** The time zone of a venue, for times as its visitors know them. */
export const venueTimeZone = z
  .string()
  .meta({ description: "The venue's time zone, an IANA name", example: 'Asia/Seoul' });

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

/** Some seats by their ids, each of them once. */
export function seatIdsOf(max: number) {
  return z.array(idOf('seat')).min(1).max(max).check(distinct).meta({ uniqueItems: true });
}

/** In one pass: it runs also for a list that is far longer than may be. */
function distinct({ value, issues }: z.core.ParsePayload<string[]>): void {
  const seen = new Set<string>();
  const index = value.findIndex((id) => seen.size === seen.add(id).size);
  if (index >= 0) issues.push({ code: 'custom', input: value, path: [index], message: 'Named twice' });
}

/** Whole points. */
export const points = z.int().min(0).meta({ example: 1500 });

/** A path with one id in it: `{holdId}` of kind `hold`. */
export function pathId<N extends string>(name: N, kind: IdKind) {
  return z.strictObject({ [name]: idOf(kind) } as Record<N, ReturnType<typeof idOf>>);
}
