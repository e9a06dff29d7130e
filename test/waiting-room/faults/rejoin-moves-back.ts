import { edit } from './edit';
import { type Fault, faultyScripts } from './fault';

/** Coming back to a place in line takes a new one. */
export const rejoinMovesBack: Fault = {
  breaks: 'nobody is moved back',
  scripts: faultyScripts('join', (source) =>
    edit(
      source,
      "elseif visitor and visitor.state == 'waiting' then",
      "elseif visitor and visitor.state == 'waiting' then\n  redis.call('ZADD', line, arrivalOrder(), id)",
    ),
  ),
};
