import type { AdminTopUp } from '../../api/api';
import { format } from '../../i18n/format';
import { Button } from '../../ui/button';
import { Loading } from '../../ui/loading';
import { api } from '../api';
import { useLive } from '../live';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../problem-notice';
import { may } from '../staff';
import { useAction } from '../use-action';

export type TopUpList = 'held' | 'pending' | 'settled' | 'refunding';

const limit = 50;
const readMs = 3000;

/** Top-ups of one status, with the way to give their money back. */
export function TopUps({ list }: { list: TopUpList }) {
  const { money, shell } = messages.value;
  const { data, problem, reload } = useLive(
    `top-ups ${list}`,
    (signal) => api.call('GET /v1/admin/top-ups', { query: { status: list, limit }, signal }),
    readMs,
  );
  return (
    <section class="stack" aria-label={money.lists[list]}>
      {list === 'held' && <p class="soft">{money.heldHint}</p>}
      {problem && <ProblemNotice problem={problem} onAgain={reload} />}
      {!data && !problem && <Loading label={shell.loading} />}
      {data?.items.length === 0 && <p class="card soft">{money.none}</p>}
      {data?.items.map((topUp) => (
        <TopUpCard key={topUp.id} topUp={topUp} onChanged={reload} />
      ))}
    </section>
  );
}

function TopUpCard({ topUp, onChanged }: { topUp: AdminTopUp; onChanged: () => void }) {
  const { money } = messages.value;
  const { number, shortDateTime } = format.value;
  const act = useAction();
  const { id, amount, price, currency, paid, reason, userId, createdAt, status, reversed } = topUp;
  const refund = async () => {
    const path = { topUpId: id };
    if (await act.run(() => api.call('POST /v1/admin/top-ups/{topUpId}/refund', { path }))) onChanged();
  };
  const facts: [string, string][] = [
    [money.user, userId],
    [money.asked, `${number(price)} ${currency}`],
    [money.paid, paid ? `${number(paid.price)} ${paid.currency}` : '–'],
    [money.reversed, number(reversed)],
    [money.begun, shortDateTime(createdAt)],
  ];
  return (
    <article class="card stack" aria-labelledby={id}>
      <div class="row apart">
        <div>
          <h3>{money.points(number(amount))}</h3>
          <p class="soft small code" id={id}>
            {id}
          </p>
        </div>
        {may('admin') && (status === 'held' || status === 'settled') && reversed === 0 && (
          <Button kind="plain" busy={act.busy} onClick={() => void refund()} describedBy={id}>
            {money.refund}
          </Button>
        )}
      </div>
      {reason && <p class="reason">{reason}</p>}
      <dl class="pairs">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="code">{value}</dd>
          </div>
        ))}
      </dl>
      {act.problem && <ProblemNotice problem={act.problem} />}
    </article>
  );
}
