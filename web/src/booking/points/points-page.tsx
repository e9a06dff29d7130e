import { useEffect } from 'preact/hooks';
import { api, type PointEntry } from '../../api/api';
import { usePages } from '../../api/use-pages';
import { useResource } from '../../api/use-resource';
import { format } from '../../i18n/format';
import { who } from '../../platform/session';
import { settings } from '../../platform/settings';
import { Heading } from '../../ui/heading';
import { Loading } from '../../ui/loading';
import { MoreButton } from '../../ui/more-button';
import { Notice } from '../../ui/notice';
import { messages } from '../messages/messages';
import { ProblemNotice } from '../shell/problem-notice';
import { knownBalance, loadBalance } from './balance';
import { BuyForm } from './buy-form';
import { ChargeForm } from './charge-form';
import { returnedTopUp, TopUpNotice } from './top-up-notice';

/** Balance, charging, and every change there ever was. */
export function PointsPage() {
  const { points: texts, unit, shell } = messages.value;
  const userId = who.value?.userId ?? null;
  const loaded = useResource(userId && `balance ${userId}`, loadBalance);
  const history = usePages(userId && `history ${userId}`, (cursor, signal) =>
    api.call('GET /v1/points/history', { query: { limit: 20, cursor }, signal }),
  );
  const balance = knownBalance();
  const topUp = returnedTopUp();
  // A charge in another tab changes it, too.
  useEffect(() => {
    if (balance !== null && history.data) history.reload();
  }, [balance]);
  return (
    <div class="stack loose narrow">
      <Heading title={texts.title}>{texts.title}</Heading>
      {loaded.problem && balance === null && <ProblemNotice problem={loaded.problem} onAgain={loaded.reload} />}
      <section class="card balance" aria-label={texts.balance}>
        <p class="soft">{texts.balance}</p>
        <p class="balance-number number" aria-live="polite">
          {balance === null ? '…' : unit.points(format.value.number(balance))}
        </p>
      </section>
      {topUp !== null && <TopUpNotice id={topUp} />}
      {settings.topUps && <BuyForm />}
      {settings.charges === 'open' && <ChargeForm />}
      {settings.charges === 'service' && <Notice kind="info" title={texts.byCashier} />}
      <section class="stack" aria-labelledby="history">
        <h2 id="history">{texts.history}</h2>
        {!history.data && !history.problem && <Loading label={shell.loading} />}
        {history.problem && !history.data && <ProblemNotice problem={history.problem} onAgain={history.reload} />}
        {history.data?.length === 0 && <p class="soft">{texts.noHistory}</p>}
        <ul class="ledger">
          {history.data?.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </ul>
        {history.more && <MoreButton label={shell.more} onClick={history.more} />}
      </section>
    </div>
  );
}

function Entry({ entry: { kind, amount, balanceAfter, at, paymentId } }: { entry: PointEntry }) {
  const { points: texts, unit } = messages.value;
  const { number, shortDateTime } = format.value;
  const what = kind === 'use' && paymentId ? texts.kinds.payment : texts.kinds[kind];
  return (
    <li>
      <span>
        <strong>{what}</strong>
        <time class="soft small" dateTime={at}>
          {shortDateTime(at)}
        </time>
      </span>
      <span class="ledger-amount number">
        <strong class={kind}>
          {kind === 'use' ? '−' : '+'}
          {unit.pointsShort(number(amount))}
        </strong>
        <span class="soft small">{texts.after(unit.pointsShort(number(balanceAfter)))}</span>
      </span>
    </li>
  );
}
