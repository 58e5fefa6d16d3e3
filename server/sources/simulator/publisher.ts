/** Sends readings as sensors do: MQTT, QoS 1, a message for each station and period, again until the broker has confirmed it. */
import { setTimeout as sleep } from 'node:timers/promises';
import mqtt, { type MqttClient } from 'mqtt';
import { MICRO, type Reading } from '../../../shared/reading.ts';
import type { Log, Send, Sent } from './sender.ts';

export type PublisherTarget = { url: string; token: string; topic: string; log: Log; signal: AbortSignal };

const WAIT = 2_000;
/** Messages on their way at once. */
const AT_ONCE = 50;
const STOPPED: Sent = { ok: false, why: 'stopped', detail: 'stopped' };

type Message = { station: string; body: string };

/** All pollutants of a station's period in one message. */
function messagesOf(readings: readonly Reading[]): Message[] {
  const periods = new Map<string, { station: string; fields: Record<string, unknown> }>();
  for (const { station, start, minutes, pollutant, value, flag } of readings) {
    const key = `${station}|${start}|${minutes}`;
    const period = periods.get(key) ?? { station, fields: { start: new Date(start).toISOString(), period: minutes === 60 ? 'PT1H' : `PT${minutes}M`, flag } };
    period.fields[pollutant] = value === null ? null : value / MICRO;
    periods.set(key, period);
  }
  return [...periods.values()].map(({ station, fields }) => ({ station, body: JSON.stringify(fields) }));
}

/** Rejects when the signal says so: what waits for a broker then waits no more. */
const ended = (signal: AbortSignal): Promise<never> => new Promise((_, reject) => {
  const stop = (): void => { reject(new Error('stopped')); };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
});

type Line = Pick<PublisherTarget, 'topic' | 'log' | 'signal'> & { over: Promise<never>; connected: () => Promise<MqttClient>; leave: () => void };

/** Publishes a message until it is confirmed, over a connection that is opened anew where it must be. */
function publisher({ topic, log, signal, over, connected, leave }: Line): (message: Message) => Promise<void> {
  const isOver = (): boolean => signal.aborted;
  return async ({ station, body }) => {
    while (!isOver()) {
      try {
        const client = await Promise.race([connected(), over]);
        await Promise.race([client.publishAsync(topic.replace('{station}', station), body, { qos: 1 }), over]);
        return;
      } catch (error) {
        if (isOver()) return;
        leave();
        log.warn({ station, detail: error instanceof Error ? error.message : String(error) }, 'a message was not confirmed; it is sent again');
        await sleep(WAIT, undefined, { signal }).catch(() => undefined);
      }
    }
  };
}

export function publisherTo({ url, token, topic, log, signal }: PublisherTarget): Send {
  const over = ended(signal);
  over.catch(() => undefined);
  let connection: Promise<MqttClient> | null = null;
  const connected = (): Promise<MqttClient> => (connection ??= mqtt.connectAsync(url, { username: 'simulated', password: token, reconnectPeriod: 0 }).then((client) => client.on('error', () => undefined)));
  const leave = (): void => {
    void connection?.then((client) => client.end(true), () => undefined);
    connection = null;
  };
  signal.addEventListener('abort', leave);
  const publish = publisher({ topic, log, signal, over, connected, leave });
  return async (readings) => {
    const waiting = messagesOf(readings);
    const work = async (): Promise<void> => { for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) await publish(next); };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return signal.aborted ? STOPPED : { ok: true };
  };
}
