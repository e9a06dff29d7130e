import { demand, type Game } from './game';

/** A worker becomes the owner of a lane. `notified`: the owner before knows; otherwise it goes on until it meets the fence. */
export async function takeLane(game: Game, worker: number, lane: string, notified: boolean): Promise<void> {
  const { system, believes, owners } = game;
  const before = owners.get(lane);
  const epoch = await system.take(worker, lane);
  demand(epoch > (before?.epoch ?? -1), () => `${lane} was taken in epoch ${epoch} after ${before?.epoch}`);
  if (before && notified) believes[before.worker]?.delete(lane);
  believes[worker]?.set(lane, epoch);
  owners.set(lane, { worker, epoch });
}
