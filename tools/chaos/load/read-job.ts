import { type CommandRecord, type History, type SeenOutcome, sameOutcome } from './history';
import type { Answer } from './http';

interface Job {
  id: string;
  status: string;
  acceptedAt: string;
  result: unknown;
  problem: { code: string } | null;
}

/** The stable code of a problem document. */
export function codeOf(answer: Answer): string {
  return (answer.body as { code?: string } | null)?.code ?? 'no code';
}

/** Takes down what a 202 says. @param run the API run that gave it, if that is certain */
export function noteAccepted(history: History, record: CommandRecord, answer: Answer, run: string | null): void {
  const job = answer.body as Job;
  const replayed = answer.headers['idempotency-replayed'] === 'true';
  record.jobId = job.id;
  record.acceptedAt = performance.now();
  record.stampedAt = Date.parse(job.acceptedAt);
  // A replayed command may have been accepted by another API: whose answer never came.
  if (!replayed) record.acceptedBy = run;
  if (replayed && record.lostTries === 0)
    history.contradict(`${record.kind} ${job.id} was answered as a repeat at the first try`);
  noteOutcome(history, record, answer);
}

/** Takes down the final outcome, if there is one by now. */
export function noteOutcome(history: History, record: CommandRecord, answer: Answer): void {
  const job = answer.body as Job;
  if (job.id !== record.jobId) history.contradict(`asked for ${record.jobId}, got ${job.id}`);
  if (job.status === 'accepted' || record.outcome) return;
  record.outcome = outcomeOf(job);
  record.outcomeAt = performance.now();
}

/** A repeat of a finished command must be answered with the same command and the same end. */
export function compareRepeat(history: History, record: CommandRecord, answer: Answer): void {
  const different = differenceOf(record, answer);
  if (different) history.contradict(`${record.kind} ${record.jobId}, repeated, ${different}`);
}

function differenceOf(record: CommandRecord, answer: Answer): string | null {
  if (answer.status !== 202) return `was answered ${answer.status} ${codeOf(answer)}`;
  const job = answer.body as Job;
  if (job.id !== record.jobId) return `became ${job.id}`;
  if (answer.headers['idempotency-replayed'] !== 'true') return 'was not marked as a repeat';
  const now = outcomeOf(job);
  if (record.outcome && !sameOutcome(record.outcome, now))
    return `was first ${JSON.stringify(record.outcome)}, then ${JSON.stringify(now)}`;
  return null;
}

function outcomeOf({ status, result, problem }: Job): SeenOutcome {
  return { status, result, code: problem?.code ?? null };
}
