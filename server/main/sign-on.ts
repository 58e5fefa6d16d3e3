/** The single sign-on of `access.yaml`, put beside the accounts: where browsers reach this server, and with which secret it asks. */
import type { Access } from '../access/access.ts';
import type { SignOn } from '../access/sign-on.ts';
import type { Config } from '../config.ts';
import type { Log } from '../http/ports.ts';
import { isLoopback } from '../../shared/sign-on.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The address under which people reach the server, if the environment says it; without a slash at its end. */
export function publicAddress(env: Env): string | null {
  const url = env['AIR_PUBLIC_URL'] ?? '';
  return url === '' ? null : url.replace(/\/+$/, '');
}

/** The origin of pages under that address: they are ours by whatever name a proxy asks for them. */
export function publicOrigins(env: Env): string[] {
  const address = publicAddress(env);
  return address !== null && /^https?:/i.test(address) && URL.canParse(address) ? [new URL(address).origin] : [];
}

/** What is wrong with it as the address to which a provider sends browsers back, or null. */
function wrongWith(address: string): string | null {
  try {
    const { protocol, pathname, search, hash } = new URL(address);
    return ['http:', 'https:'].includes(protocol) && pathname === '/' && search === '' && hash === '' ? null : 'is no http or https address of a host alone';
  } catch {
    return 'is no address';
  }
}

/** What the environment has to hold for the single sign-on of this start and does not. `listening`: where the server will listen. */
export function signOnLacking({ access: { oidc } }: Pick<Config, 'access'>, env: Env, listening: string): string[] {
  if (oidc === undefined) return [];
  const address = publicAddress(env);
  const wrong = address === null
    ? (isLoopback(`http://${listening.includes(':') ? `[${listening}]` : listening}`) ? null : 'access.yaml: a single sign-on needs AIR_PUBLIC_URL, the address under which browsers reach this server')
    : wrongWith(address);
  return [
    ...(oidc.secretEnv === undefined || (env[oidc.secretEnv] ?? '') !== '' ? [] : [`access.yaml: oidc needs the environment variable ${oidc.secretEnv}`]),
    ...(wrong === null ? [] : [address === null ? wrong : `access.yaml: a single sign-on needs AIR_PUBLIC_URL, and "${address}" ${wrong}`]),
  ];
}

type Parts = { config: Pick<Config, 'access'>; access: Access; env: Env; /** Where the server listens. */ url: string; log: Log };

/** What it is made of is loaded only where an event has one. */
export async function signOnOf({ config: { access: { oidc } }, access, env, url, log }: Parts): Promise<SignOn | null> {
  if (oidc === undefined) return null;
  const { openSignOn } = await import('../access/sign-on.ts');
  const secret = oidc.secretEnv === undefined ? null : env[oidc.secretEnv] ?? null;
  return openSignOn({ oidc, secret, address: publicAddress(env) ?? url, access, now: Date.now, log });
}
