import { useId, useState } from 'preact/hooks';
import { format } from '../../i18n/format';
import { settings } from '../../platform/settings';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';
import { links } from '../links';
import { messages } from '../messages/messages';
import { AmountField } from './amount-field';
import { useBuying } from './buy-points';
import { BuyProblem } from './buy-problem';

/** Leads to the payment provider's page, and back here. */
export function BuyForm() {
  const { points: texts } = messages.value;
  const buying = useBuying();
  const [text, setText] = useState('5000');
  const [wrong, setWrong] = useState(false);
  const id = useId();
  const { min, max, pointsPerUnit } = settings.topUps ?? { min: 1, max: 0, pointsPerUnit: 1 };
  const submit = () => {
    const amount = Number(text);
    const good = /^\d+$/.test(text) && amount >= min && amount <= max && amount % pointsPerUnit === 0;
    setWrong(!good);
    if (good) buying.buy(amount, links.points);
  };
  const { number } = format.value;
  return (
    <Form label={texts.buyTitle} onSubmit={submit}>
      <h2>{texts.buyTitle}</h2>
      <AmountField
        {...{ id, text, wrong }}
        label={texts.buyAmount}
        hint={texts.buyHint(number(min), number(max), number(pointsPerUnit))}
        onText={setText}
      />
      <Button type="submit" busy={buying.pending} wide>
        {buying.pending ? texts.buying : texts.buy}
      </Button>
      {buying.problem && <BuyProblem problem={buying.problem} />}
    </Form>
  );
}
