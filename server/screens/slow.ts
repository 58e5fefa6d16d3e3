/** Whether a screen takes what it is sent. What it has not taken waits in our memory, and that has a bound. */
import type { Screen } from './feed.ts';

const MOST_MESSAGES = 200;
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** `connection`: one of engine.io, whose buffer of what it could not yet hand to the network is not in its types. */
export function isSlow(connection: object): boolean {
  if (!('writeBuffer' in connection) || !Array.isArray(connection.writeBuffer)) return false;
  const waiting: readonly unknown[] = connection.writeBuffer;
  if (waiting.length > MOST_MESSAGES) return true;
  let characters = 0;
  for (const packet of waiting) {
    if (typeof packet === 'object' && packet !== null && 'data' in packet && typeof packet.data === 'string') characters += packet.data.length;
  }
  return characters > MOST_CHARACTERS;
}

type Line = { terminate: () => void };
const isLine = (line: unknown): line is Line => typeof line === 'object' && line !== null && 'terminate' in line && typeof line.terminate === 'function';

/** A polite farewell would wait behind all that was not taken; the line is cut instead, and its memory is free. */
export function cut(connection: Screen['conn']): void {
  const { transport } = connection;
  connection.close(true);
  if ('socket' in transport && isLine(transport.socket)) transport.socket.terminate();
}
