import type { AdminRoom, ConcertSales } from '../../api/api';
import { format } from '../../i18n/format';
import { serverNow } from '../../platform/server-clock';
import { OwnTime } from '../../ui/venue-time';
import { messages } from '../messages/messages';

interface AdmissionTagProps {
  room: AdminRoom;
  concert: Pick<ConcertSales, 'opensAt' | 'timeZone'>;
}

/** What the door is doing; when it opens, by the venue's clock. */
export function AdmissionTag({ room: { settings }, concert: { opensAt, timeZone } }: AdmissionTagProps) {
  const { room } = messages.value;
  if (settings.draining) return <span class="tag warn">{room.draining}</span>;
  if (settings.paused) return <span class="tag warn">{room.paused}</span>;
  if (!opensAt || Date.parse(opensAt) <= serverNow()) return <span class="tag good">{room.open}</span>;
  return (
    <span>
      <span class="tag warn">{room.opens(format.value.shortDateTime(opensAt, timeZone))}</span>
      <OwnTime at={opensAt} zone={timeZone} />
    </span>
  );
}
