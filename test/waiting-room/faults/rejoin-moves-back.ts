import { edit } from './edit';
import { type Fault, faultyScripts } from './fault';

/** Coming back to a place in line takes a new one. */
export const rejoinMovesBack: Fault = {
  breaks: 'nobody is moved back',
  scripts: faultyScripts('join', (source) =>
    edit(
      source,
      "elseif visit and visit.letter == 'W' then",
      "elseif visit and visit.letter == 'W' then\n  redis.call('ZADD', line, arrivalOrder(), place)",
    ),
  ),
};
