import { useEffect } from 'preact/hooks';
import { api, type TopUp } from '../../api/api';
import { useResource } from '../../api/use-resource';
import { format } from '../../i18n/format';
import { announce } from '../../ui/announcer';
import { Notice } from '../../ui/notice';
import { messages } from '../messages/messages';
import { loadBalance } from './balance';

const pollMs = 1000;
const isOpen = (status: TopUp['status']) => status === 'pending' || status === 'paid';

/** The top-up that the provider's page led back from, by the address. */
export const returnedTopUp = () => new URLSearchParams(location.search).get('topUp');

/** How far the purchase is: the provider's page may lead back before the server has its event. */
export function TopUpNotice({ id }: { id: string }) {
  const { points: texts, unit } = messages.value;
  const load = (signal: AbortSignal) => api.call('GET /v1/points/top-ups/{topUpId}', { path: { topUpId: id }, signal });
  const { data } = useResource(`top-up ${id}`, load, { everyMs: (topUp) => (isOpen(topUp.status) ? pollMs : null) });
  const status = data?.status;
  const points = data ? unit.points(format.value.number(data.amount)) : '';
  useEffect(() => {
    if (status !== 'settled') return;
    announce(messages.peek().points.came(points));
    loadBalance(new AbortController().signal).catch(() => undefined);
  }, [status]);
  if (!data) return null;
  if (status === 'settled') return <Notice kind="good" title={texts.came(points)} />;
  if (isOpen(data.status))
    return (
      <Notice kind="info" title={texts.buyPending(points)}>
        <p>
          {texts.buyPendingMore} {data.url && <a href={data.url}>{texts.toCheckout}</a>}
        </p>
      </Notice>
    );
  const title =
    status === 'held' ? texts.buyHeld : status === 'failed' || status === 'expired' ? texts.buyFailed : texts.refunded;
  return <Notice kind="warn" title={title} />;
}
