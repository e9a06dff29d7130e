import { edit } from './edit';
import { type Fault, faultyScripts } from './fault';

/** Visits that are over keep their places until the visitor comes back. */
export const noReap: Fault = {
  breaks: 'nobody is stuck',
  scripts: faultyScripts('advance', (source) => edit(source, 'local a, b = endExpired(),', 'local a, b = false,')),
};
