import type { Migration } from '../migrate/migration';
import { collectionsAndIndexes } from './0001-collections-and-indexes';
import { topUps } from './0002-top-ups';
import { cancellations } from './0003-cancellations';
import { standby } from './0004-standby';

/** Every migration, in the order in which they run. */
export const allMigrations: readonly Migration[] = [collectionsAndIndexes, topUps, cancellations, standby];
