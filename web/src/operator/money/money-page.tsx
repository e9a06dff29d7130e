import { useState } from 'preact/hooks';
import { Heading } from '../../ui/heading';
import { messages } from '../messages/messages';
import { Debts } from './debts';
import { type TopUpList, TopUps } from './top-ups';

const lists: TopUpList[] = ['held', 'pending', 'settled', 'refunding'];

/** Points bought: what waits for a decision, what is on its way, and who owes some. */
export function MoneyPage() {
  const { money } = messages.value;
  const [list, setList] = useState<TopUpList>('held');
  return (
    <div class="stack loose">
      <Heading title={money.title}>{money.title}</Heading>
      <div class="row">
        {lists.map((one) => (
          <button key={one} type="button" class="chip" aria-pressed={one === list} onClick={() => setList(one)}>
            {money.lists[one]}
          </button>
        ))}
      </div>
      <TopUps key={list} list={list} />
      <Debts />
    </div>
  );
}
