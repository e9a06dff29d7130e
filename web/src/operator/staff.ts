import { effect, signal } from '@preact/signals';
import type { StaffMember } from '../api/api';
import { api, operator } from './api';
import { useLive } from './live';

/** Who is signed in, as the server sees them; null until it has said so. */
export const staff = signal<StaffMember | null>(null);
effect(() => {
  if (!operator.value) staff.value = null;
});

const readMs = 60_000;

/** Asks the server, for the whole page. */
export function useStaff() {
  const resource = useLive('me', (abort) => api.call('GET /v1/admin/me', { signal: abort }), readMs);
  if (resource.data && resource.data !== staff.peek()) staff.value = resource.data;
  return resource;
}

/** Whether to offer what is for these roles. The server decides by itself. */
export function may(...roles: StaffMember['roles']): boolean {
  return roles.some((role) => staff.value?.roles.includes(role));
}
