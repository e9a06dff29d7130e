import { useRef, useState } from 'preact/hooks';
import { api, FrontrowError, newIdempotencyKey } from '../../api/api';
import { keepTrying } from '../../api/keep-trying';
import { settings } from '../../platform/settings';

/** The least amount that can be bought and covers so many points; null when none does, or none are sold. */
export function amountToBuy(missing: number): number | null {
  if (!settings.topUps) return null;
  const { min, max, pointsPerUnit } = settings.topUps;
  const amount = Math.ceil(Math.max(missing, min) / pointsPerUnit) * pointsPerUnit;
  return amount <= max ? amount : null;
}

export interface Buying {
  pending: boolean;
  problem: FrontrowError | null;
  /** Opens a checkout and goes there. @param returnUrl the path to come back to */
  buy(amount: number, returnUrl: string): void;
}

/** A click is one checkout, however often it must be asked for. */
export function useBuying(): Buying {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<FrontrowError | null>(null);
  const isBusy = useRef(false);
  async function open(amount: number, returnUrl: string): Promise<void> {
    const options = { idempotencyKey: newIdempotencyKey(), body: { amount, returnUrl } };
    const { url } = await keepTrying(() => api.call('POST /v1/points/top-ups', options), {
      mayRepeat: isAway,
      maxMs: 4000,
    });
    if (url) location.assign(url);
  }
  return {
    pending,
    problem,
    buy(amount, returnUrl) {
      if (isBusy.current) return;
      isBusy.current = true;
      setPending(true);
      setProblem(null);
      open(amount, returnUrl)
        .catch((error: unknown) =>
          setProblem(error instanceof FrontrowError ? error : new FrontrowError('INTERNAL_ERROR')),
        )
        .finally(() => {
          isBusy.current = false;
          setPending(false);
        });
    },
  };
}

const isAway = (error: unknown) =>
  error instanceof FrontrowError && ['NO_ANSWER', 'SERVICE_UNAVAILABLE'].includes(error.code);
