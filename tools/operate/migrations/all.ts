import type { Migration } from '../migrate/migration';
import { collectionsAndIndexes } from './0001-collections-and-indexes';
import { topUps } from './0002-top-ups';
import { cancellations } from './0003-cancellations';
import { standby } from './0004-standby';
import { blocks } from './0005-blocks';
import { desk } from './0006-desk';
import { seatingPlansKept } from './0007-seating-plans';

/** Every migration, in the order in which they run. */
export const allMigrations: readonly Migration[] = [
  collectionsAndIndexes,
  topUps,
  cancellations,
  standby,
  blocks,
  desk,
  seatingPlansKept,
];
