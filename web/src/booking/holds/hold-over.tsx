import { useEffect } from 'preact/hooks';
import type { Hold } from '../../api/api';
import { announce } from '../../ui/announcer';
import { Notice } from '../../ui/notice';
import { links } from '../links';
import { messages } from '../messages/messages';
import { choiceFor } from '../seats/choice';
import { HoldSummary } from './hold-summary';
import { forgetHold } from './my-holds';

/** Seats that went back: what became of them, and the way to choosing again, with the same choice as far as it is free. */
export function HoldOver({ hold, concertId }: { hold: Hold; concertId: string }) {
  const { hold: texts, problems } = messages.value;
  const expired = hold.status === 'expired';
  const title = expired ? texts.over : texts.released;
  useEffect(() => {
    forgetHold(hold.id);
    if (expired) choiceFor(hold.performanceId).set(hold.seatIds);
    announce(title);
  }, [hold.id, expired]);
  return (
    <div class="narrow stack loose">
      <Notice
        wholePage
        kind={expired ? 'warn' : 'info'}
        title={title}
        actions={
          <>
            <a class="button main" href={links.seats(concertId, hold.performanceId)}>
              {texts.again}
            </a>
            <a class="button plain" href={links.concert(concertId)}>
              {problems.toDates}
            </a>
          </>
        }
      >
        {expired && <p>{texts.overMore}</p>}
      </Notice>
      <HoldSummary hold={hold} />
    </div>
  );
}
