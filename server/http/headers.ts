/** Headers that hold for every answer: only what is ours runs in our pages, and nothing of the API is remembered. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const SELF = ["'self'"];

/** No inline script anywhere. Styles may stand inline: charts and the components' library write them. */
const POLICY = {
  defaultSrc: SELF, scriptSrc: SELF, scriptSrcAttr: ["'none'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'], connectSrc: SELF, workerSrc: ["'self'", 'blob:'], objectSrc: ["'none'"], baseUri: SELF, formAction: SELF,
  frameAncestors: ["'none'"],
  // On an intranet there may be no TLS to upgrade to; a proxy that has it also sends its own HSTS.
  upgradeInsecureRequests: null,
};

export const secureHeaders = (): RequestHandler => helmet({
  contentSecurityPolicy: { useDefaults: false, directives: POLICY }, strictTransportSecurity: false,
  crossOriginOpenerPolicy: false, originAgentCluster: false, xFrameOptions: { action: 'deny' },
});

export const neverStored: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};
