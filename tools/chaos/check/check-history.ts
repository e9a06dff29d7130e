import type { CommandDoc } from '../../../shared/commands/command.model';
import { type Models, native } from '../../../shared/models';
import { type CommandRecord, type History, type SeenOutcome, sameOutcome } from '../load/history';

/** Where a command stands in the history of its lane. */
export interface Place {
  lane: string;
  position: number;
}

/**
 * Compares the answers that clients got with what MongoDB holds when all is quiet: every accepted command is there once, with
 * one final outcome, the one that its client saw; and nothing is there that no client sent.
 * @returns what doesn't hold, and the place of each finished command by its id
 */
export async function checkHistory(models: Models, history: History) {
  const broken = [...history.contradictions];
  const places = new Map<string, Place>();
  const unseen = new Map(history.records.map((record) => [nameOf(record.userId, record.key), record]));
  // Keys of the product's own commands have a space, which no client's may have.
  for await (const command of native(models, 'commands').find({ key: { $type: 'string', $regex: /^\S+$/ } })) {
    const name = nameOf(command.userId, command.key ?? '');
    const record = unseen.get(name);
    unseen.delete(name);
    broken.push(...(record ? compare(record, command) : [`${command._id}: nobody sent it, or it is there twice`]));
    if (command.position !== null) places.set(command._id, { lane: command.lane, position: command.position });
  }
  for (const record of unseen.values())
    if (record.jobId) broken.push(`${record.jobId} (${record.kind}) was answered 202 and is not there`);
  broken.push(...(await checkEndedHolds(models, history)));
  return { broken, places };
}

function compare(record: CommandRecord, command: CommandDoc): string[] {
  const what = `${command._id} (${command.kind})`;
  const broken: string[] = [];
  if (record.jobId && record.jobId !== command._id) broken.push(`${what}: its client was answered ${record.jobId}`);
  if (command.status === 'accepted') broken.push(`${what} has no final outcome`);
  if (record.refusedAtDoor) broken.push(`${what} is there, but its client was answered ${record.refusedAtDoor}`);
  if (record.outcome && !sameOutcome(record.outcome, outcomeOf(command)))
    broken.push(`${what}: seen ${JSON.stringify(record.outcome)}, it is ${JSON.stringify(outcomeOf(command))}`);
  if (record.jobId && !record.outcome && record.attended)
    broken.push(`${what}: accepted, but its client never saw an outcome`);
  return broken;
}

/** As `GET /v1/jobs/{id}` shows it. */
function outcomeOf({ status, result, problem }: CommandDoc): SeenOutcome {
  return { status: status === 'skipped' ? 'done' : status, result, code: problem?.code ?? null };
}

/** An end of a hold is for good. */
async function checkEndedHolds(models: Models, { endedHolds }: History): Promise<string[]> {
  const broken: string[] = [];
  for await (const { _id, status } of native(models, 'holds').find({ _id: { $in: [...endedHolds.keys()] } })) {
    const seen = endedHolds.get(_id);
    endedHolds.delete(_id);
    if (status !== seen) broken.push(`${_id} was read as ${seen}, it is ${status}`);
  }
  for (const [id, seen] of endedHolds) broken.push(`${id} was read as ${seen} and is not there`);
  return broken;
}

function nameOf(userId: string, key: string): string {
  return `${userId}/${key}`;
}
