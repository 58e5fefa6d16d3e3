/**
 * The room's own broker (MQTT 3.1.1), for a network that has none. Whoever publishes signs in with a source's token as its
 * password; a message of QoS 1 is confirmed once its readings are durable. Nobody may subscribe.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes, type Client } from 'aedes';
import type { Messages } from './messages.ts';

export type Broker = { port: number; /** Serves from now on; who comes before is sent away. */ serve: (parts: BrokerParts) => Promise<void>; close: () => Promise<void> };
/** `sourceOf`: whose token a password is, or null. */
export type BrokerParts = { messages: readonly Messages[]; sourceOf: (password: string) => string | null };

const SILENT = 5 * 60_000;
const MOST_BYTES = 1024 * 1024;

async function aedesOf({ messages, sourceOf }: BrokerParts): Promise<Aedes> {
  const sources = new WeakMap<Client, string>();
  const broker = await Aedes.createBroker({
    connectTimeout: 10_000, maxClientsIdLength: 128,
    authenticate: (...[client, , password, done]) => {
      const source = sourceOf(password?.toString('utf8') ?? '');
      if (source !== null) sources.set(client, source);
      done(null, source !== null);
    },
    // Before anything is confirmed. An error ends the connection, unconfirmed: it is sent again.
    authorizePublish: (client, packet, done) => {
      const source = client === null ? undefined : sources.get(client);
      const to = messages.find(({ state, topic }) => state.id === source && topic.read(packet.topic) !== null);
      if (to === undefined || packet.payload.length > MOST_BYTES) { done(new Error('this token may not publish here')); return; }
      to.handle(packet.topic, Buffer.from(packet.payload)).then((durable) => { done(durable ? null : new Error('not durable')); }, (error: unknown) => { done(error instanceof Error ? error : new Error(String(error))); });
    },
    authorizeSubscribe: (_client, _subscription, done) => { done(new Error('nobody subscribes here')); },
  });
  broker.on('clientError', () => undefined);
  return broker;
}

/** Listens on a port; 0 picks a free one. */
export async function listenMqtt(host: string, port: number): Promise<Broker | { refused: string }> {
  const sockets = new Set<Socket>();
  const state: { broker: Aedes | null } = { broker: null };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => { sockets.delete(socket); });
    socket.on('error', () => { socket.destroy(); });
    socket.setTimeout(SILENT, () => { socket.destroy(); });
    if (state.broker === null) socket.destroy();
    else state.broker.handle(socket);
  });
  const failed = await new Promise<Error | null>((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => { resolve(null); });
  });
  if (failed !== null) return { refused: `cannot listen for MQTT on ${host}:${port}: ${failed.message}` };
  return {
    port: (server.address() as AddressInfo).port,
    serve: async (parts) => { state.broker = await aedesOf(parts); },
    close: async () => {
      const { broker } = state;
      if (broker !== null) await new Promise<void>((resolve) => { broker.close(() => { resolve(); }); });
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => { server.close(() => { resolve(); }); });
    },
  };
}
