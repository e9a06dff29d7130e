import { z } from 'zod';
import { commandRoute } from '../../api/commands/command-route';
import { content } from '../../api/http/endpoint';
import { openApiDocument } from '../../api/openapi/document';

test('a result that has a name may be missing from its job, and is never null itself', () => {
  const result = z.strictObject({ to: z.string() }).meta({ id: 'Donation' });
  const donate = commandRoute({
    ...{ kind: 'points.use', method: 'post', path: '/v1/points/donations', tag: 'Point', summary: 'Donate' },
    ...{ description: 'Gives points away.', refusals: [], errors: [] },
    result: content(result, { some: { to: 'a cause' } }),
    prepare: () => ({ payload: { amount: 1 }, gate: null }),
  });
  const { components } = openApiDocument([donate], { KEEP_COMMANDS_DAYS: 30 });
  const { Donation, PointsUseJob } = (components?.schemas ?? {}) as Record<string, z.core.JSONSchema.JSONSchema>;
  expect(Donation?.type).toBe('object');
  expect(PointsUseJob?.properties?.result).toEqual({
    anyOf: [{ $ref: '#/components/schemas/Donation' }, { type: 'null' }],
  });
});
