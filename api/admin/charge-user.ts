import { z } from 'zod';
import { ownKey, storeBeside, wakeLane } from '../../shared/commands/store-beside';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import { acceptErrors, acceptedResponse, commandHeaders } from '../commands/command-docs';
import { presentJob, retryAfter } from '../commands/job';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { preferredWait } from '../http/prefer';
import { route } from '../http/route';
import { userId } from '../http/schemas';
import { lineOfText } from '../http/text';
import { changeResult } from '../points/change-points';
import { audited } from './audited';

const refusals = ['BALANCE_LIMIT_EXCEEDED'] as const;

const accepted = acceptedResponse('points.charge', changeResult, refusals);
/** The job is the user's, so there is no place of it to name. */
const { Location: _, ...headers } = accepted.headers;

function body({ MAX_POINTS_PER_CHANGE }: Config) {
  const amount = z.int().min(1).max(MAX_POINTS_PER_CHANGE);
  const reference = lineOfText(200).meta({ description: 'Of a receipt or a ticket: what the points are for' });
  return content(z.strictObject({ amount, reference }).meta({ id: 'CashierCharge' }), {
    receipt: { amount: 5000, reference: 'Receipt 2026-1107' },
  });
}

export function chargeUserRoute(config: Config) {
  return route({
    method: 'post',
    path: '/v1/admin/users/{userId}/points/charges',
    tag: 'Admin',
    summary: "Charge a user's points, as a cashier",
    description:
      'For tokens with the role of a cashier or of the box office, whatever `CHARGES` is; who, how much and what for is among the admin actions. ' +
      "The job is the user's; its outcome is had by `Prefer: wait`, or by repeating the request with its key. " +
      'A user who was never seen gets a wallet: mind the id.',
    auth: ['cashier', 'box-office'],
    params: z.strictObject({ userId }),
    headers: commandHeaders,
    body: body(config),
    responses: { 202: { ...accepted, headers } },
    refusals,
    errors: acceptErrors.filter((code) => code !== 'OVERLOADED'),
    async handler({ user, params, body: asked, headers: sent, requestId }, context: ApiContext) {
      const { 'idempotency-key': key, prefer } = sent;
      if (!key) throw new Problem('IDEMPOTENCY_KEY_REQUIRED');
      const charge = { ...asked, ...params, cashierId: user.id, key: ownKey('cashier', user.id, key), requestId };
      const { command, isNew } = await storeCharge(context, charge);
      if (isNew) await wakeLane(context, command);
      const seconds = preferredWait(prefer, context.config.MAX_WAIT_SECONDS);
      const job = seconds === null ? command : await context.outcomes.wait(command, seconds * 1000);
      return {
        status: 202 as const,
        headers: {
          ...(!isNew && { 'Idempotency-Replayed': 'true' }),
          ...(seconds !== null && { 'Preference-Applied': `wait=${seconds}` }),
          ...retryAfter(job),
        },
        body: { ...presentJob(job), kind: 'points.charge' as const, result: job.result as never },
      };
    },
  });
}

interface CashierCharge {
  userId: string;
  cashierId: string;
  amount: number;
  reference: string;
  key: string;
  requestId: string;
}

/** The command and the record of the action, together or not at all. */
function storeCharge(context: ApiContext, charge: CashierCharge) {
  const { userId: owner, cashierId, amount, reference, key, requestId } = charge;
  const actionId = context.newId('act');
  const action = { _id: actionId, adminId: cashierId, action: 'points.charge', target: owner } as const;
  return audited(context, action, async (session) => {
    const payload = { amount, reference, actionId };
    const value = await storeBeside(context, session, {
      kind: 'points.charge',
      payload,
      userId: owner,
      key,
      requestId,
    });
    return { value, details: value.isNew ? { amount, reference, jobId: value.command._id } : null };
  });
}
