import type { ConcertDoc } from '../concerts/concert.model';

/**
 * What every call is told about the room: a slice of the concert document, so that callers may cache it for about a
 * second. All settings live in MongoDB; Redis holds nothing that only an operator could bring back.
 */
export type Room = Pick<ConcertDoc, '_id' | 'opensAt' | 'entryUrl' | 'room'>;
