import { format } from '../i18n/format';

interface VenueTimeProps {
  /** ISO 8601. */
  at: string;
  /** Of the venue. */
  zone: string;
  short?: boolean;
}

/** A time by the clock of the venue, with the name of its zone; below it the viewer's own where that differs. */
export function VenueTime({ at, zone, short = false }: VenueTimeProps) {
  const { dateTime, shortDateTime } = format.value;
  return (
    <>
      <time dateTime={at}>{short ? shortDateTime(at, zone) : dateTime(at, zone)}</time>
      <OwnTime at={at} zone={zone} />
    </>
  );
}

/** The viewer's own time, where it is not the venue's. */
export function OwnTime({ at, zone }: { at: string; zone: string }) {
  const { ownTime, yourTime } = format.value;
  const own = ownTime(at, zone);
  return own && <span class="own-time small">{yourTime(own)}</span>;
}
