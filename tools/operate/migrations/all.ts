import type { Migration } from '../migrate/migration';
import { collectionsAndIndexes } from './0001-collections-and-indexes';

/** Every migration, in the order in which they run. */
export const allMigrations: readonly Migration[] = [collectionsAndIndexes];
