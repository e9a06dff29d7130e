import type { Config } from '../../shared/platform/config';
import { testConfig } from '../helpers/test-config';
import { holdMs, maxBalance, maxSeats, offerMs } from './hall';

/** Two lanes of each kind, as `testConfig`; short holds and small wallets, for sequences to reach the limits. */
export function modelConfig(): Config {
  return testConfig({
    HOLD_SECONDS: String(holdMs / 1000),
    OFFER_SECONDS: String(offerMs / 1000),
    MAX_BALANCE: String(maxBalance),
    MAX_SEATS_PER_USER: String(maxSeats),
  });
}
