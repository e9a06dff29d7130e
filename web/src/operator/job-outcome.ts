import type { AdminJob } from '../api/api';
import { api } from './api';

/** How long to wait for the outcome of a command, ms, and how often to look. */
const waitMs = 10_000;
const pollMs = 300;

/** A job once it is final, or as it is when that takes too long. */
export async function outcomeOf(jobId: string): Promise<AdminJob> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const job = await api.call('GET /v1/admin/jobs/{jobId}', { path: { jobId } });
    if (job.status !== 'accepted' || performance.now() >= deadline) return job;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
