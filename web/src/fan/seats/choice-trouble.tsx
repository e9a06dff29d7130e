import { settings } from '../../platform/settings';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { messages } from '../messages/messages';
import type { LiveSeat } from './live-seats';
import { rowsOfSeats } from './seat-words';
import type { ChoiceState } from './use-choice';

/** What stands in the way of the choice, in a sentence. */
export function ChoiceTrouble({ choice, seats }: { choice: ChoiceState; seats: readonly LiveSeat[] }) {
  const { seats: texts, troubles } = messages.value;
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
  const left = chosen.length > 0 ? troubles.takenMore : troubles.takenAll;
  return (
    <Notice kind="bad" alert title={troubles.taken(rowsOfSeats(lost).join('; '))}>
      <p>{trouble.refused ? left : troubles.takenWhileChoosing}</p>
    </Notice>
  );
}
