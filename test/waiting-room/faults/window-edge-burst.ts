import { edit } from './edit';
import { type Fault, faultyScripts } from './fault';

/** The rate is counted by the clock's minutes, so twice as many come in around the turn of one. */
export const windowEdgeBurst: Fault = {
  breaks: 'the rate is never exceeded',
  scripts: faultyScripts('advance', (source) =>
    edit(
      source,
      'if tonumber(at) > now - rateWindowMs then break end',
      'if math.floor(tonumber(at) / rateWindowMs) == math.floor(now / rateWindowMs) then break end',
    ),
  ),
};
