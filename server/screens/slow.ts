/** Whether a screen takes what it is sent. What it has not taken waits in our memory, and that has a bound. */

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
