import { Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import type { Config } from '../../shared/platform/config';
import type { Route } from '../http/route';
import { openApiDocument } from './document';

/** The OpenAPI document at `/openapi.json`, and Swagger UI, made for trying things out by hand, at `/docs`. */
export function docs(routes: readonly Route[], config: Pick<Config, 'KEEP_COMMANDS_DAYS'>): Router {
  const router = Router({ caseSensitive: true });
  const bytes = Buffer.from(JSON.stringify(openApiDocument(routes, config)));
  router.get('/openapi.json', (_request, response) => {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Cache-Control', 'no-cache');
    response.end(bytes);
  });
  const swaggerOptions = {
    url: '/openapi.json',
    persistAuthorization: true,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    docExpansion: 'list',
    // No external service validates the document.
    validatorUrl: null,
  };
  router.use('/docs', swaggerUi.serve, swaggerUi.setup(undefined, { swaggerOptions, customSiteTitle: 'Frontrow API' }));
  return router;
}
