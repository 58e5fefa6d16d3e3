/**
 * `AIR_TRUST_PROXY`: the proxies that are believed about who asks. None unless it is said: whoever reaches the server from an address
 * that is believed may pass for anybody, and evade the throttle of the sign-in or turn it upon somebody else.
 */
import { isIP } from 'node:net';

type Env = Readonly<Record<string, string | undefined>>;

/** Words for ranges, as Express knows them. */
const RANGES = ['loopback', 'linklocal', 'uniquelocal'];

export const trustedProxies = (env: Env): string[] => (env['AIR_TRUST_PROXY'] ?? '').split(/[\s,]+/).filter((each) => each !== '');

function isProxy(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (RANGES.includes(text)) return true;
  return version !== 0 && more.length === 0 && (bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)));
}

/** A sentence for each that is none. */
export const wrongProxies = (env: Env): string[] => trustedProxies(env).filter((each) => !isProxy(each))
  .map((each) => `AIR_TRUST_PROXY: "${each}" is no address of a proxy; give addresses or ranges such as 10.0.0.5 or 172.18.0.0/16, or ${RANGES.join(', ')}`);
