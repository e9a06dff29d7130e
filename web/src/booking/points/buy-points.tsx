import { useRef, useState } from 'preact/hooks';
import { api, FrontrowError } from '../../api/api';
import { useKeys } from '../../api/use-keys';
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

/** ms. Longer, and whoever clicked would rather hear that the provider is away. */
const longestMs = 8000;

/** One checkout for an amount, however often it must be asked for: a click after one that failed has the same key. */
export function useBuying(): Buying {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<FrontrowError | null>(null);
  const keys = useKeys();
  const isBusy = useRef(false);
  async function open(amount: number, returnUrl: string): Promise<void> {
    const body = { amount, returnUrl };
    const request = { body, idempotencyKey: keys.of(body), deadlineMs: longestMs };
    const { url } = await api.call('POST /v1/points/top-ups', request);
    keys.renew();
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
          setProblem(error instanceof FrontrowError ? error : new FrontrowError('INTERNAL_ERROR', { cause: error })),
        )
        .finally(() => {
          isBusy.current = false;
          setPending(false);
        });
    },
  };
}
