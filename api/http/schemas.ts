import { z } from 'zod';

/** Ids of the demo concert and plausible ones of what people make, so that examples can be tried out. */
const exampleIds = {
  concert: 'concert_demo',
  perf: 'perf_demo_1',
  seat: 'perf_demo_1-A-1',
  hold: 'hold_01k9yfz8e3m2v5q7w4x6c8b9na',
  pay: 'pay_01k9yfzb71d4h6k8p2r5t7v9xy',
  res: 'res_01k9yfzb71d4h6k8p2r5t7v9xy',
  job: 'job_01k9yfz8e3m2v5q7w4x6c8b9na',
} as const;

type IdKind = keyof typeof exampleIds;

/** An id. Unknown ones are a 404 whatever they look like; the bounds only keep nonsense away from the stores. */
export function idOf(kind: IdKind) {
  return z.string().min(1).max(80).meta({ example: exampleIds[kind] });
}

export const example = exampleIds;

/** With `Z` or an offset such as `+09:00`; answers have `Z`. */
export const time = z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T19:00:00.000Z' });

/** Whole points. */
export const points = z.int().min(0).meta({ example: 1500 });

/** A path with one id in it: `{holdId}` of kind `hold`. */
export function pathId<N extends string>(name: N, kind: IdKind) {
  return z.strictObject({ [name]: idOf(kind) } as Record<N, ReturnType<typeof idOf>>);
}
