import type { Findings, Report } from './findings';
import type { Rules } from './invariants';
import type { AuditReader, SeenBlock, SeenGiven } from './reader';

/** What operators keep from being sold, I18, and what they give away, I19. */
export async function givenPass(reader: AuditReader, findings: Findings, rules: Rules): Promise<void> {
  const [i18, i19] = [findings.reporter('I18'), findings.reporter('I19')];
  for await (const batch of reader.blocks()) {
    for (const block of batch) isOneLiveBlock(block, rules, i18);
    findings.count('I18', batch.length);
  }
  for await (const batch of reader.given()) {
    for (const reservation of batch) isGivenByAnOperator(reservation, i19);
    findings.count('I19', batch.length);
  }
}

/** I18: blocked seats belong to a block that lives, of their performance, and to no more of it than was asked for. */
function isOneLiveBlock(
  { _id, seats, performanceIds, sections, block: [block] }: SeenBlock,
  rules: Rules,
  report: Report,
) {
  if (!block) return report(`${seats} seats are blocked by a block that does not exist`, [_id]);
  const { performanceId, freedAt, jobs, seats: asked } = block;
  const foreign = performanceIds.filter((id) => id !== performanceId);
  if (foreign.length > 0) report('seats of another performance are blocked', [_id, ...foreign]);
  const others = sections.filter((name) => !jobs.some(({ section }) => section === name));
  if (others.length > 0) report(`seats are blocked in sections ${others.join()}, where none were asked for`, [_id]);
  if (seats > asked) report(`${seats} seats are blocked, and ${asked} were asked for`, [_id]);
  const isBeingFreed = freedAt && !rules.quiet && rules.now.getTime() - freedAt.getTime() < rules.unfinishedMs;
  if (freedAt && !isBeingFreed) report(`${seats} seats are blocked by a block that was freed`, [_id]);
}

/** I19: somebody gave the seats, and said why; and nobody gave or got points for them. */
function isGivenByAnOperator(given: SeenGiven, report: Report): void {
  const { _id, commandId, userId, amount, paymentId, cancelled = [], complimentary, action: actions } = given;
  const ids = [_id, complimentary.actionId];
  const [action] = actions;
  if (!action) report('given away, but by no recorded action', ids);
  else if (
    action.adminId !== complimentary.by ||
    action.details.userId !== userId ||
    action.details.jobId !== commandId
  )
    report('the recorded action is of something else', ids);
  if (amount !== 0 || paymentId !== null) report(`given away for ${amount}, payment ${paymentId}`, ids);
  if (cancelled.some(({ refunded, fee }) => refunded !== 0 || fee !== 0))
    report('points came back, or were kept, for seats that were given away', ids);
}
