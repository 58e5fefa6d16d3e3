/** The API's description, for programs and for people. Open, and from this server alone: nothing is fetched elsewhere. */
import { Router, type RequestHandler } from 'express';
import swagger from 'swagger-ui-express';
import type { Civil } from '../../shared/time.ts';
import { describeApi } from './openapi.ts';

export function docsRoutes(civil: Civil): Router {
  let described: object | null = null;
  const document: RequestHandler = (_req, res) => {
    described ??= describeApi(civil);
    res.json(described);
  };
  const options = {
    customSiteTitle: '晴空 Qingkong API',
    // The badge would send the document's address to a server of somebody else.
    swaggerOptions: { url: '/api/openapi.json', validatorUrl: null, persistAuthorization: false },
  };
  const page = swagger.setup(undefined, options);
  return Router()
    .get('/openapi.json', document)
    // Its own files are named relatively, so the page's address must end with a slash.
    .get('/docs', (req, res, next) => { if (req.originalUrl.endsWith('/')) next(); else res.redirect(301, '/api/docs/'); })
    .use('/docs', swagger.serveFiles(undefined, options), page);
}
