import type { PayloadOf } from '../../../shared/commands/catalogue';
import type { CommandDoc } from '../../../shared/commands/command.model';
import { seats } from '../hall';
import type { Step } from '../steps';
import type { Game } from './game';

/** An operator blocks seats of one date. */
export async function blockSome(game: Game, { performance, seats: which, size }: Extract<Step, { step: 'block' }>) {
  const { model, system } = game;
  const dates = Object.keys(model.performances);
  const performanceId = dates[performance % dates.length] ?? '';
  const hall = seats.filter((seat) => seat.performanceId === performanceId).map(({ _id }) => _id);
  const seatIds = [...new Set(which.map((seat) => hall[seat % hall.length] ?? ''))];
  const { blockId, commands } = await system.block(performanceId, seatIds, size);
  model.blocks[blockId] = { seatIds, freed: false };
  learnBlockCommands(game, commands);
}

/** An operator frees the newest block for 0, the one before for 1 …. */
export async function freeSome(game: Game, { block, size }: Extract<Step, { step: 'free' }>): Promise<void> {
  const { model, system } = game;
  const known = Object.keys(model.blocks).reverse();
  const blockId = known[block % Math.max(1, known.length)];
  const free = model.blocks[blockId ?? ''];
  if (blockId === undefined || !free || free.freed) return;
  free.freed = true;
  learnBlockCommands(game, await system.freeBlock(blockId, free.seatIds, size));
}

/** Only the first of each lane waits in it: the others are due once those before them are final. */
function learnBlockCommands({ model, laneOf, jobs }: Game, commands: readonly CommandDoc[]): void {
  for (const { _id, kind, userId, lane, payload, acceptedAt, dueAt } of commands) {
    const { blockId: block, seatIds } = payload as PayloadOf<'seat.block'>;
    model.commands[_id] = {
      ...{ userId, request: { kind: kind as 'seat.block' | 'seat.unblock', block, seatIds } },
      ...{ acceptedAt: acceptedAt.getTime(), status: 'accepted' },
    };
    if (dueAt > acceptedAt) continue;
    laneOf.set(_id, lane);
    jobs.push(lane);
  }
}
