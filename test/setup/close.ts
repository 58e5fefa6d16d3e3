import type { Server as HttpServer } from 'node:http'
import type { Server } from 'socket.io'

/**
 * Ends a test's server while a page may still look at it. A browser opens connections ahead of need; one on which nothing was
 * ever asked counts as busy, and would be waited for until its headers are overdue, a minute later.
 */
export function closeServer(http: HttpServer, io: Pick<Server, 'engine'>): Promise<void> {
  const closed = new Promise<void>((done) => { http.close(() => { done() }) })
  io.engine.close()
  http.closeAllConnections()
  return closed
}
