import { format } from '../../i18n/format';
import { api } from '../api';
import { useLive } from '../live';
import { messages } from '../messages/messages';

/** Who waits for seats of a date; nothing where nobody ever did. */
export function StandbyLines({ performanceId }: { performanceId: string }) {
  const { dates } = messages.value;
  const { number } = format.value;
  const { data } = useLive(`standby ${performanceId}`, (signal) =>
    api.call('GET /v1/admin/performances/{performanceId}/standby', { path: { performanceId }, signal }),
  );
  if (!data || data.items.length === 0) return null;
  return (
    <ul class="soft small" aria-label={dates.standby}>
      {data.items.map(({ section, waiting, offered, joined }) => (
        <li key={section}>{dates.standbyLine(section, number(waiting), number(offered), number(joined))}</li>
      ))}
    </ul>
  );
}
