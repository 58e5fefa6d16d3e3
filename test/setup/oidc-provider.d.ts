/** As much of `oidc-provider` as the tests use; it brings no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export type Context = {
    path: string; method: string; req: IncomingMessage; res: ServerResponse; body: unknown; type: string; status: number; respond?: boolean
    oidc?: { route?: string; params?: Record<string, string | undefined>; body?: Record<string, string | undefined> }
  }
  export class Provider {
    constructor(issuer: string, configuration: object)
    Grant: { new (of: { accountId: string; clientId: string }): { addOIDCScope: (scope: string) => void; save: () => Promise<string> }; find: (id: string) => Promise<object | undefined> }
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void
    callback(): (req: IncomingMessage, res: ServerResponse) => void
    interactionFinished(req: IncomingMessage, res: ServerResponse, result: object): Promise<void>
  }
}
