import { type Models, native } from '../../../shared/models';

/**
 * Whether the fence held: along the history of a lane no place is taken twice, epochs never go back, and the fence
 * stands at or beyond the last of them. A late write of an owner that was replaced would break one of these.
 */
export async function checkLanes(models: Models): Promise<string[]> {
  const broken: string[] = [];
  const fences = new Map((await native(models, 'fences').find().toArray()).map((fence) => [fence._id, fence]));
  const inOrder = native(models, 'commands')
    .find({ position: { $ne: null } }, { projection: { lane: 1, position: 1, epoch: 1 } })
    .sort({ lane: 1, position: 1 })
    .allowDiskUse();
  let before: { _id: string; lane: string; position: number | null; epoch: number | null } | null = null;
  for await (const command of inOrder) {
    const { _id, lane, position, epoch } = command;
    if (before?.lane === lane) {
      if (before.position === position) broken.push(`${lane}: ${before._id} and ${_id} are both at ${position}`);
      if ((before.epoch ?? 0) > (epoch ?? 0))
        broken.push(`${lane}: ${_id}, epoch ${epoch}, came after ${before._id}, epoch ${before.epoch}`);
    }
    const fence = fences.get(lane);
    if (!fence || fence.epoch < (epoch ?? 0) || fence.position <= (position ?? 0))
      broken.push(`${lane}: ${_id} at ${position}, epoch ${epoch}, is beyond the fence`);
    before = command;
  }
  return broken;
}
