import { z } from 'zod';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { roles } from '../http/roles';
import { route } from '../http/route';

const member = z
  .strictObject({
    userId: z.string(),
    name: z.string().nullable(),
    roles: z.array(z.enum(roles)),
    twoPeople: z.boolean().meta({ description: 'Whether some things take a second person' }),
  })
  .meta({ id: 'StaffMember' });

export const getStaffMember = route({
  method: 'get',
  path: '/v1/admin/me',
  tag: 'Admin',
  summary: 'Who you are, and what roles you have',
  description: 'For pages, to offer no more than what a role may.',
  auth: roles,
  responses: {
    200: {
      description: 'You.',
      content: content(member, {
        admin: { userId: 'user_8c6976e5b5410415bde9', name: 'admin', roles: ['admin'], twoPeople: false },
      }),
    },
  },
  errors: [],
  async handler({ user: { id: userId, name, roles: own } }, { config }: ApiContext) {
    return { status: 200, body: { userId, name, roles: [...own], twoPeople: config.TWO_PEOPLE } };
  },
});
