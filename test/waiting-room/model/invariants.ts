import type { Snapshot } from './observe';

/** Who was let in so far, as seen from outside, when (ms): of each user once a minute. */
export type History = { user: string; at: number }[];

interface Rules {
  now: number;
  maxActive: number | null;
  admitPerMinute: number | null;
  /** Before the line opens newcomers are drawn in between those who are there. */
  open: boolean;
  /** The tick has run since time last passed. */
  ticked: boolean;
}

/** Said when the room breaks a promise; `promise` names it. */
export function broken(promise: string, details: unknown): Error {
  return new Error(`${promise}: ${JSON.stringify(details)}`);
}

/** Checks one step of the real room against its promises, without any idea of how it works. */
export function checkPromises(before: Snapshot, after: Snapshot, history: History, rules: Rules): void {
  const { now, maxActive, admitPerMinute } = rules;
  const letIn = [...after.active].filter(([user, visit]) => before.active.get(user)?.since !== visit.since);
  const names = letIn.map(([user]) => user);
  for (const user of after.line)
    if (after.active.has(user)) throw broken('nobody is in twice', { user, where: 'line and active' });
  if (after.admitted - before.admitted !== letIn.length)
    throw broken('nobody is in twice', { counted: after.admitted - before.admitted, letIn: names });
  const inside = [...after.active.values()].filter(({ until }) => until > now).length;
  if (letIn.length > 0 && maxActive !== null && inside > maxActive)
    throw broken('the cap is never exceeded', { inside, maxActive });
  const lastMinute = history.filter(({ at }) => at > now - 60_000);
  const spent = names
    .filter((name) => !lastMinute.some(({ user }) => user === name))
    .map((user) => ({ user, at: now }));
  history.push(...spent);
  const lately = lastMinute.length + spent.length;
  if (letIn.length > 0 && admitPerMinute !== null && lately > admitPerMinute)
    throw broken('the rate is never exceeded', { lately, admitPerMinute });
  const overdue = [...after.active].filter(([, { until }]) => until <= now);
  if (rules.ticked && overdue.length > 0) throw broken('nobody is stuck', { behind: overdue });
  checkOrder(before, after, names, rules.open);
}

/** Nobody passes anybody, and nobody's position grows. */
function checkOrder(before: Snapshot, after: Snapshot, letIn: string[], open: boolean): void {
  const still = before.line.filter((user) => after.line.includes(user));
  const now = after.line.filter((user) => before.line.includes(user));
  if (still.join() !== now.join()) throw broken('nobody is moved back', { was: still, is: now });
  if (open)
    for (const user of still)
      if (after.line.indexOf(user) > before.line.indexOf(user))
        throw broken('nobody is moved back', { user, was: before.line, is: after.line });
  for (const user of letIn) {
    const from = before.line.indexOf(user);
    const passed = still.filter((other) => from === -1 || before.line.indexOf(other) < from);
    if (passed.length > 0) throw broken('nobody is overtaken', { letIn: user, passed });
  }
}
