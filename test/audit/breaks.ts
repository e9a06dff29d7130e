import type { Invariant } from '../../workers/audit/invariants';
import type { Break } from './breaker';
import { i13, i14, i15 } from './breaks-of-cancellations';
import { i7, i8 } from './breaks-of-commands';
import { i9 } from './breaks-of-effects';
import { i18, i19 } from './breaks-of-gifts';
import { i1, i2, i3, i4 } from './breaks-of-money';
import { i5, i6 } from './breaks-of-seats';
import { i11, i12 } from './breaks-of-sources';
import { i16, i17, waitsForNothing } from './breaks-of-standby';

const byInvariant: Partial<Record<Invariant, Break[]>> = {
  ...{ I1: i1, I2: i2, I3: i3, I4: i4, I5: i5, I6: i6, I7: i7, I8: i8, I9: i9 },
  ...{ I11: i11, I12: i12, I13: i13, I14: i14, I15: [...i15, ...waitsForNothing], I16: i16, I17: i17 },
  ...{ I18: i18, I19: i19 },
};

export const breaks = Object.entries(byInvariant).flatMap(([invariant, list]) =>
  list.map(([name, how, options]) => ({ invariant: invariant as Invariant, name, how, options })),
);
