import { settings } from '../../platform/settings';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { messages } from '../messages/messages';
import { rowsOfSeats } from './seat-words';
import type { ChoiceState } from './use-choice';
import type { LiveSeat } from './watch-seats';

/** What stands in the way of the choice, in a sentence. */
export function ChoiceProblem({ choice, seats }: { choice: ChoiceState; seats: readonly LiveSeat[] }) {
  const { seats: texts, problems } = messages.value;
  const { trouble, chosen } = choice;
  if (!trouble) return null;
  if (trouble.kind === 'too-many') return <Notice kind="warn" alert title={texts.tooMany(settings.maxSeats)} />;
  if (trouble.kind === 'section') {
    const over = (
      <Button kind="plain" onClick={() => choice.startOver(trouble.wanted)}>
        {texts.startOver(trouble.wanted.section)}
      </Button>
    );
    return <Notice kind="warn" alert title={texts.otherSection(trouble.begun)} actions={over} />;
  }
  const lost = seats.filter(({ id }) => trouble.seatIds.includes(id));
  const left = chosen.length > 0 ? problems.takenMore : problems.takenAll;
  return (
    <Notice kind="bad" alert title={problems.taken(rowsOfSeats(lost).join('; '))}>
      <p>{trouble.refused ? left : problems.takenWhileChoosing}</p>
    </Notice>
  );
}
