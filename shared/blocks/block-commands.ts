import type { CommandDoc } from '../commands/command.model';
import { newCommand } from '../commands/new-command';
import type { SeatDoc } from '../concerts/seat.model';
import type { Context } from '../context';
import type { BlockDoc } from './block.model';

/** Seats of one command, and of one batch beside what buyers ask for: those wait until all of it is written. */
export const seatsPerCommand = 100;
/** ms. When a command begins at the latest, should the one before it fail. */
const latestMs = 600_000;

/** What of a block its commands need to know. */
export type Blocked = Pick<BlockDoc, '_id' | 'performanceId'> & { userId: string; requestId?: string };

/**
 * The commands that block or free seats, each about some of one section, in the lane of that. A lane has one of them at a time: each
 * names the next, which is due once it is final, behind what buyers have asked for meanwhile. So a block of a whole hall holds nobody
 * up for longer than one command takes.
 * @param seats in an order in which those of a section stand together
 */
export function blockCommands(
  { config, newId }: Pick<Context, 'config' | 'newId'>,
  kind: 'seat.block' | 'seat.unblock',
  { _id: blockId, performanceId, userId, requestId }: Blocked,
  seats: readonly Pick<SeatDoc, '_id' | 'section'>[],
  at: Date,
  size = seatsPerCommand,
): CommandDoc[] {
  const chunks: { section: string; seatIds: string[] }[] = [];
  for (const { _id, section } of seats) {
    const last = chunks.at(-1);
    if (last?.section === section && last.seatIds.length < size) last.seatIds.push(_id);
    else chunks.push({ section, seatIds: [_id] });
  }
  const following = new Map<string, string>();
  // From the last one back, since each names the one after it.
  const made = chunks.reverse().map(({ section, seatIds }): CommandDoc => {
    const payload = { blockId, performanceId, section, seatIds };
    const id = newId('job');
    const command = newCommand(config, id, { kind, payload, userId, key: null, ...(requestId && { requestId }) }, at);
    const next = following.get(command.lane);
    following.set(command.lane, id);
    return next === undefined ? command : { ...command, payload: { ...payload, next } };
  });
  const first = new Set(following.values());
  return made
    .reverse()
    .map((command) => (first.has(command._id) ? command : { ...command, dueAt: new Date(at.getTime() + latestMs) }));
}

/** As a block names its commands. */
export function jobsOf(commands: readonly CommandDoc[]): BlockDoc['jobs'] {
  return commands.map(({ _id: id, payload }) => {
    const { section, seatIds } = payload as { section: string; seatIds: string[] };
    return { id, section, seats: seatIds.length };
  });
}
