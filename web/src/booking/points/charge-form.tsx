import { useEffect, useId, useState } from 'preact/hooks';
import { format } from '../../i18n/format';
import { settings } from '../../platform/settings';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { useCommand } from '../commands/use-command';
import { messages } from '../messages/messages';
import { RefusalNotice } from '../shell/refusal-notice';
import { AmountField } from './amount-field';

const usual = [1000, 5000, 10_000, 50_000];

/** Charges points. While one charge is undecided there is no other, in no tab; and another one needs another amount. */
export function ChargeForm() {
  const { points: texts, unit, hold } = messages.value;
  const points = (n: number) => unit.points(format.value.number(n));
  const charging = useCommand('charge');
  const [text, setText] = useState('5000');
  const [wrong, setWrong] = useState(false);
  const id = useId();
  const { outcome, pending, command } = charging;
  const charged = typeof outcome?.result?.amount === 'number' ? outcome.result.amount : null;
  useEffect(() => {
    if (charged === null) return;
    announce(messages.peek().points.charged(points(charged)));
    if (charging.mine) setText('');
  }, [outcome?.at]);
  const submit = () => {
    const amount = Number(text);
    const good = /^\d+$/.test(text) && amount >= 1 && amount <= settings.maxPoints;
    if (pending || charging.resting) return;
    setWrong(!good);
    if (!good) return;
    charging.dismiss();
    charging.run({ kind: 'charge', amount });
  };
  return (
    <Form label={texts.chargeTitle} onSubmit={submit}>
      <h2>{texts.chargeTitle}</h2>
      <UsualAmounts text={text} onChoose={setText} />
      <AmountField
        {...{ id, text, wrong }}
        label={texts.amount}
        hint={texts.hint(format.value.number(settings.maxPoints))}
        onText={setText}
      />
      <Button type="submit" busy={pending} disabled={charging.resting} wide>
        {pending ? `${hold.charging}${command?.kind === 'charge' ? `: ${points(command.amount)}` : ''}` : texts.charge}
      </Button>
      {charged !== null && <Notice kind="good" title={texts.charged(points(charged))} />}
      {outcome?.refusal && <RefusalNotice refusal={outcome.refusal} />}
    </Form>
  );
}

function UsualAmounts({ text, onChoose }: { text: string; onChoose: (text: string) => void }) {
  return (
    <div class="row">
      {usual
        .filter((amount) => amount <= settings.maxPoints)
        .map((amount) => (
          <button
            key={amount}
            type="button"
            class="chip"
            aria-pressed={text === String(amount)}
            onClick={() => onChoose(String(amount))}
          >
            {format.value.number(amount)}
          </button>
        ))}
    </div>
  );
}
