import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import type { Roles } from '../http/roles';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { recordLook } from './look';

interface PerformanceFile {
  name: 'seats' | 'reservations' | 'ledger';
  summary: string;
  description: string;
  auth: Roles;
  columns: readonly string[];
  parts(context: ApiContext, performanceId: string): AsyncIterable<string>;
}

/** A file about a date, for spreadsheets. */
export function fileRoute({ name, summary, description, auth, columns, parts }: PerformanceFile) {
  return route({
    method: 'get',
    path: `/v1/admin/performances/{performanceId}/${name}.csv`,
    tag: 'Admin',
    summary,
    description:
      `${description} All of it as it was in one moment, made while it is sent; what ends without its last chunk is not complete. ` +
      'Texts that a spreadsheet would take for formulas begin with an apostrophe. The export is among the admin actions.',
    auth,
    params: pathId('performanceId', 'perf'),
    responses: {
      200: {
        description: 'The file.',
        file: `${columns.join(',')}\r\n`,
        headers: { 'Content-Disposition': 'The name of the file' },
      },
    },
    errors: ['PERFORMANCE_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
    async handler({ user, params: { performanceId } }, context: ApiContext) {
      await recordLook(context, user, 'performance.export', performanceId, { file: name });
      if (!(await context.models.performances.exists({ _id: performanceId })))
        throw new Problem('PERFORMANCE_NOT_FOUND');
      const fileName = `${performanceId}-${name}.csv`;
      return { status: 200, download: { fileName, parts: parts(context, performanceId) } };
    },
  });
}
