import { type Outcome, refused } from '../handler';

/** The refusal of what is asked for of a date that was called off. */
export function performanceCancelled(cancelledAt: Date): Outcome {
  const at = cancelledAt.toISOString();
  return refused('PERFORMANCE_CANCELLED', `This performance was called off at ${at}.`, { cancelledAt: at });
}
