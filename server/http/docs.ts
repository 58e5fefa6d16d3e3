/** The API's description, for programs and for people. Open, and from this server alone: nothing is fetched elsewhere. */
import { Router, type RequestHandler } from 'express';
import type { Civil } from '../../shared/time.ts';

export function docsRoutes(civil: Civil): Router {
  let described: object | null = null;
  const document: RequestHandler = async (_req, res) => {
    described ??= (await import('./openapi.ts')).describeApi(civil);
    res.json(described);
  };
  const options = {
    customSiteTitle: '晴空 Qingkong API',
    // The badge would send the document's address to a server of somebody else.
    swaggerOptions: { url: '/api/openapi.json', validatorUrl: null, persistAuthorization: false },
  };
  let pages: Router | null = null;
  const page: RequestHandler = async (req, res, next) => {
    const { default: swagger } = await import('swagger-ui-express');
    pages ??= Router().use(swagger.serveFiles(undefined, options), swagger.setup(undefined, options));
    pages(req, res, next);
  };
  return Router()
    .get('/openapi.json', document)
    // Its own files are named relatively, so the page's address must end with a slash.
    .get('/docs', (req, res, next) => { if (req.originalUrl.endsWith('/')) next(); else res.redirect(301, '/api/docs/'); })
    .use('/docs', page);
}
