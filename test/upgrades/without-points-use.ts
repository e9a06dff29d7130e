import { catalogue, commandKinds } from '../../shared/commands/catalogue';

/** Imported first, it makes the program that follows one of a version before `points.use` was there. */
const kind = 'points.use';
Reflect.deleteProperty(catalogue, kind);
commandKinds.splice(commandKinds.indexOf(kind), 1);
