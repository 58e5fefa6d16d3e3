/** A body as bytes, inflated while it arrives and never beyond its bound: a bomb is refused when it has grown too large. */
import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export const LARGEST = 8 * 1024 * 1024;

export type Body = { ok: true; bytes: Buffer } | { ok: false; code: 'too-large' | 'wrong-type' | 'bad-json'; detail: string };

const tooLarge: Body = { ok: false, code: 'too-large', detail: `a body has at most ${LARGEST} bytes, counted after inflating` };

/** What undoes the encoding; null: nothing to undo; undefined: an encoding that is not read here. */
function inflaterOf(encoding: string): Transform | null | undefined {
  switch (encoding) {
    case '': case 'identity': return null;
    case 'gzip': case 'x-gzip': return createGunzip();
    case 'deflate': return createInflate();
    case 'br': return createBrotliDecompress();
    default: return undefined;
  }
}

/** Collects until the end, or until there is too much. What is left of the request is then let by unread. */
function collect(req: IncomingMessage, inflater: Transform | null): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const source = inflater ?? req;
    const finish = (body: Body): void => {
      req.unpipe();
      req.resume();
      inflater?.destroy();
      resolve(body);
    };
    source.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST) { chunks.push(chunk); return; }
      chunks.length = 0;
      finish(tooLarge);
    });
    source.on('end', () => { finish({ ok: true, bytes: Buffer.concat(chunks) }); });
    inflater?.on('error', (error) => { finish({ ok: false, code: 'bad-json', detail: `the compressed body is broken: ${error.message}` }); });
    req.on('error', () => { finish({ ok: false, code: 'bad-json', detail: 'the body ended too soon' }); });
    if (inflater !== null) req.pipe(inflater);
  });
}

export async function readBody(req: IncomingMessage): Promise<Body> {
  const encoding = (req.headers['content-encoding'] ?? '').trim().toLowerCase();
  const inflater = inflaterOf(encoding);
  if (inflater === undefined) return { ok: false, code: 'wrong-type', detail: `a body is sent as it is, or as gzip; not as ${encoding.slice(0, 40)}` };
  if (inflater === null && Number(req.headers['content-length'] ?? 0) > LARGEST) return tooLarge;
  return collect(req, inflater);
}
