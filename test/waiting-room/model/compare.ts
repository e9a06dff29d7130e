import { broken } from './invariants';
import type { Snapshot } from './observe';
import { line, type Place, type Reference } from './reference';

/** Compares what stands in Redis with the reference, user by user. */
export function compare(room: Reference, real: Snapshot): void {
  const waiting = line(room);
  for (const [user, place] of room.places) {
    if (place.status === 'active' && place.until > room.now && real.line.includes(user))
      throw broken('nobody is stuck', { user, line: real.line, active: [...real.active.keys()] });
    const [is, should] = [stateOf(user, real), stateIn(place)];
    if (is !== should) throw broken('everybody is where the description says', { user, is, should });
  }
  const known = real.line.length + real.active.size + real.ended.size;
  if (known !== room.places.size)
    throw broken('everybody is where the description says', { known, should: [...room.places.keys()] });
  const order = waiting.map(([user]) => user);
  if (order.join() !== real.line.join())
    throw broken('the line is in the order described', { is: real.line, should: order });
}

function stateOf(user: string, real: Snapshot): string {
  const [visit, due] = [real.active.get(user), real.due.get(user)];
  if (visit) return `active until ${visit.until}`;
  if (due) return `waiting, due ${due.at}${due.free ? ' or once before' : ''}`;
  return `ended ${real.ended.get(user)}`.replace(/[XS]$/, 'expired').replace('C', 'completed').replace('L', 'left');
}

function stateIn({ status, until, due, free }: Place): string {
  if (status === 'active') return `active until ${until}`;
  return status === 'waiting' ? `waiting, due ${due}${free ? ' or once before' : ''}` : `ended ${status}`;
}
