import type { Approval } from '../../api/api';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { api } from '../api';
import { Facts } from '../find/facts';
import { useLive } from '../live';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { may, staff } from '../staff';
import { useAction } from '../use-action';

const readMs = 4000;

/** What waits for a second person; nothing while nothing does. */
export function Approvals() {
  const isAsked = staff.value?.twoPeople === true && may('admin', 'operator');
  return isAsked ? <Waiting /> : null;
}

function Waiting() {
  const { approvals } = messages.value;
  const { data, reload } = useLive('approvals', (signal) => api.call('GET /v1/admin/approvals', { signal }), readMs);
  const waiting = data?.items.filter(({ status }) => status === 'waiting') ?? [];
  if (waiting.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="approvals">
      <h2 id="approvals">{approvals.title}</h2>
      {waiting.map((one) => (
        <ApprovalCard key={one.id} approval={one} onDecided={reload} />
      ))}
    </section>
  );
}

function ApprovalCard({ approval, onDecided }: { approval: Approval; onDecided: () => void }) {
  const { approvals } = messages.value;
  const { id, action, target, request, askedBy, expiresAt } = approval;
  const act = useAction();
  const isOwn = askedBy === staff.value?.userId;
  const mayDecide = action === 'performance.cancel' ? may('admin') : may('admin', 'operator');
  const decide = async (decision: 'confirmation' | 'rejection') => {
    const work = () => api.call(`POST /v1/admin/approvals/{approvalId}/${decision}`, { path: { approvalId: id } });
    if (await act.run(work)) announce(approvals.said[decision]);
    onDecided();
  };
  return (
    <article class="card stack" aria-labelledby={id}>
      <h3 id={id}>{approvals.actions[action]}</h3>
      <Facts
        facts={[
          [
            approvals.target,
            <span key="target" class="code">
              {target}
            </span>,
          ],
          ...(typeof request.reason === 'string' ? [[approvals.reason, request.reason] as const] : []),
          [
            approvals.askedBy,
            <span key="who" class="code">
              {askedBy}
            </span>,
          ],
          [approvals.until, format.value.shortDateTime(expiresAt)],
        ]}
      />
      {isOwn && <p class="soft">{approvals.own}</p>}
      {act.problem && <ProblemNotice problem={act.problem} />}
      {mayDecide && (
        <div class="row">
          {!isOwn && (
            <Button kind="danger" busy={act.busy} onClick={() => void decide('confirmation')} describedBy={id}>
              {approvals.confirm}
            </Button>
          )}
          <Button kind="plain" busy={act.busy} onClick={() => void decide('rejection')} describedBy={id}>
            {isOwn ? approvals.takeBack : approvals.reject}
          </Button>
        </div>
      )}
    </article>
  );
}
