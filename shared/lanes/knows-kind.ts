import type { WorkerDoc } from './lane.model';

/** What workers carry out that do not say: those of 0.2.0 and before. */
const firstKinds = ['hold.place', 'hold.release', 'hold.expire', 'points.charge', 'points.use', 'payment.pay'];

type Worker = Pick<WorkerDoc, 'kinds'>;

export const knowsKind = ({ kinds = firstKinds }: Worker, kind: string): boolean => kinds.includes(kind);
