import type { Hold } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { format } from '../../i18n/format';
import { who } from '../../platform/session';
import { settings } from '../../platform/settings';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import type { CommandState } from '../commands/use-command';
import { useCommand } from '../commands/use-command';
import { messages } from '../messages/messages';
import { knownBalance, loadBalance } from '../points/balance';
import { amountToBuy, useBuying } from '../points/buy-points';
import { BuyProblem } from '../points/buy-problem';
import { returnedTopUp, TopUpNotice } from '../points/top-up-notice';
import { RefusalNotice } from '../shell/refusal-notice';
import { HoldSummary } from './hold-summary';

interface PaymentProps {
  hold: Hold;
  concertId: string;
  paying: CommandState;
}

/** Points, what is missing of them, and the button that pays. */
export function Payment({ hold, concertId, paying }: PaymentProps) {
  const { hold: texts, unit } = messages.value;
  useResource(who.value?.userId ? `balance ${who.value.userId}` : null, loadBalance);
  const points = (n: number) => unit.points(format.value.number(n));
  const balance = knownBalance();
  const missing = balance === null ? 0 : Math.max(0, hold.amount - balance);
  const refusal = paying.outcome?.refusal;
  const topUp = returnedTopUp();
  const pay = () => {
    paying.dismiss();
    paying.run({ kind: 'pay', concertId, holdId: hold.id, performanceId: hold.performanceId });
  };
  return (
    <div class="stack">
      <HoldSummary hold={hold}>
        <div>
          <dt>{texts.balance}</dt>
          <dd class="number">{balance === null ? '…' : points(balance)}</dd>
        </div>
        {missing === 0 && balance !== null && (
          <div>
            <dt>{texts.after}</dt>
            <dd class="number">{points(balance - hold.amount)}</dd>
          </div>
        )}
      </HoldSummary>
      {topUp !== null && missing > 0 && <TopUpNotice id={topUp} />}
      {missing > 0 && !paying.pending && <Short missing={missing} />}
      {refusal && !hasOwnWords(refusal.code) && <RefusalNotice refusal={refusal} />}
      <Button wide busy={paying.pending} disabled={missing > 0 || paying.resting} onClick={pay}>
        {paying.pending ? texts.paying : hold.amount === 0 ? texts.payNothing : texts.pay(points(hold.amount))}
      </Button>
      {paying.pending && <p class="soft small">{texts.payingMore}</p>}
    </div>
  );
}

/** The missing points, in one click. */
function Short({ missing }: { missing: number }) {
  const { hold, points: texts, unit } = messages.value;
  const charging = useCommand('charge');
  const amount = Math.min(missing, settings.maxPoints);
  const points = (n: number) => unit.points(format.value.number(n));
  if (settings.charges === 'service')
    return (
      <Notice kind="warn" title={hold.short(points(missing))}>
        <p>{texts.byCashier}</p>
      </Notice>
    );
  if (settings.charges === 'provider') return <Buy missing={missing} />;
  const charge = (
    <Button
      kind="plain"
      busy={charging.pending}
      disabled={charging.resting}
      onClick={() => charging.run({ kind: 'charge', amount })}
    >
      {charging.pending ? hold.charging : hold.charge(points(amount))}
    </Button>
  );
  return (
    <Notice kind="warn" title={hold.short(points(missing))} actions={charge}>
      <p>{hold.shortMore}</p>
      {charging.outcome?.refusal && <RefusalNotice refusal={charging.outcome.refusal} />}
    </Notice>
  );
}

/** The missing points, bought within the time of the hold: the provider's page leads back here. */
function Buy({ missing }: { missing: number }) {
  const { hold, points: texts, unit } = messages.value;
  const buying = useBuying();
  const points = (n: number) => unit.points(format.value.number(n));
  const amount = amountToBuy(missing);
  const buy = amount !== null && (
    <Button kind="plain" busy={buying.pending} onClick={() => buying.buy(amount, location.pathname)}>
      {buying.pending ? texts.buying : texts.buyThese(points(amount))}
    </Button>
  );
  return (
    <Notice kind="warn" title={hold.short(points(missing))} actions={buy}>
      <p>{texts.buyInTime}</p>
      {buying.problem && <BuyProblem problem={buying.problem} />}
    </Notice>
  );
}

/** Shown by what the page has next: the balance, the hold itself. */
function hasOwnWords(code: string): boolean {
  return ['POINTS_INSUFFICIENT', 'HOLD_EXPIRED', 'HOLD_RELEASED'].includes(code);
}
