import type { Account, Session } from './account';
import { presentCharge, presentDispute, presentSession } from './objects';
import type { Events } from './stripe-api';
import type { Mischief } from './webhooks';

export type Deed = 'pay' | 'fail' | 'later' | 'clear' | 'expire' | 'refund' | 'dispute';

/** What a person does at the checkout, or what happens to the payment afterwards. @returns false when there is nothing to do it to */
export function act(account: Account, events: Events, mischief: Mischief, session: Session, deed: Deed): boolean {
  const done = deeds[deed](account, events, mischief, session);
  account.save();
  return done;
}

type Act = (account: Account, events: Events, mischief: Mischief, session: Session) => boolean;

const pay: Act = (account, events, { wrongAmount }, session) => {
  if (session.status !== 'open') return false;
  const amount = wrongAmount ? session.amount_total - 1 : session.amount_total;
  const { currency } = session;
  const ids = { id: account.newId('pi'), chargeId: account.newId('ch') };
  Object.assign(session, { status: 'complete', payment_status: 'paid' });
  session.payment = { ...ids, amount, currency, refunded: 0, disputed: 0 };
  events.send('checkout.session.completed', presentSession(session, ''));
  return true;
};

const deeds: Record<Deed, Act> = {
  pay,
  // A card that is declined leaves the checkout open for another one.
  fail: (_account, _events, _mischief, { status }) => status === 'open',
  later(account, events, mischief, session) {
    if (!pay(account, { send: () => undefined }, mischief, session)) return false;
    Object.assign(session, { payment_status: 'unpaid', later: true });
    events.send('checkout.session.completed', presentSession(session, ''));
    return true;
  },
  clear(_account, events, _mischief, session) {
    if (!session.later || session.payment_status === 'paid') return false;
    session.payment_status = 'paid';
    events.send('checkout.session.async_payment_succeeded', presentSession(session, ''));
    return true;
  },
  expire(_account, events, _mischief, session) {
    if (session.status !== 'open') return false;
    session.status = 'expired';
    events.send('checkout.session.expired', presentSession(session, ''));
    return true;
  },
  refund(_account, events, _mischief, session) {
    if (!session.payment || session.payment.refunded > 0) return false;
    session.payment.refunded = session.payment.amount;
    events.send('charge.refunded', presentCharge(session));
    return true;
  },
  dispute(account, events, _mischief, session) {
    if (!session.payment || session.payment.disputed > 0) return false;
    session.payment.disputed = session.payment.amount;
    events.send('charge.dispute.created', presentDispute(session, account.newId('dp')));
    return true;
  },
};

const inHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The page that a user is led to. Plain HTML, no script. */
export function checkoutPage(session: Session, note = ''): string {
  const { description, amount_total: amount, currency, status, success_url: back } = session;
  const button = (deed: Deed, text: string) => `<button name="deed" value="${deed}">${text}</button>`;
  const open = `<form method="post">${button('pay', 'Pay')} ${button('fail', 'Card is declined')} ${button('later', 'Pay later (by transfer)')}</form>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Checkout</title><style>body{font:18px system-ui;max-width:32em;margin:3em auto;padding:0 1em}button{font:inherit;padding:.6em 1em;margin:.2em 0}</style>
<main><p>A payment provider for trying things out. No money moves.</p><h1>${inHtml(description)}</h1>
<p><strong>${amount} ${inHtml(currency)}</strong> (in its smallest unit)</p>${note && `<p role="alert">${inHtml(note)}</p>`}
${status === 'open' ? open : '<p>This checkout is closed.</p>'}
<p><a href="${inHtml(back)}">Back</a></p></main></html>`;
}
