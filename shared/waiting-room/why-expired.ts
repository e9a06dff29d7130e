/** Why a token has ended, by the letter of its record in lua/room.lua; `reset` is before Redis is asked. */
export const whyExpired = {
  X: { detail: 'Your visit is over: join the line again.', extra: { reason: 'session-over' } },
  S: { detail: 'Nothing was heard of you for too long: join the line again.', extra: { reason: 'silent' } },
  C: { detail: 'Your visit ended with the payment: join the line again for more.', extra: { reason: 'completed' } },
  L: { detail: 'You left the line: join it again.', extra: { reason: 'left' } },
  reset: { detail: 'The line was started anew: join it again.', extra: { reason: 'reset' } },
} as const;
