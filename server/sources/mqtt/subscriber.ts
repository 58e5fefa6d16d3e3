/** A client of a broker: QoS 1 and a session that the broker keeps, so that what came meanwhile comes when it is back; confirmed once it is durable. */
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { Messages } from './messages.ts';

export type SubscriberParts = { messages: Messages; url: string; user: string | undefined; password: string | undefined; onChange: (connected: boolean, reason: string) => void };

/** Milliseconds between attempts to connect. */
const RECONNECT = 2_000;

export class Subscriber {
  private readonly parts: SubscriberParts;
  private readonly client: MqttClient;

  constructor(parts: SubscriberParts) {
    this.parts = parts;
    const { messages: { state }, url, user, password } = parts;
    const options: IClientOptions = { clientId: `qingkong-${state.id}`, clean: false, reconnectPeriod: RECONNECT, ...(user === undefined ? {} : { username: user }), ...(password === undefined ? {} : { password }) };
    this.client = mqtt.connect(url, options);
    this.client.handleMessage = ({ topic, payload }, done) => {
      parts.messages.handle(topic, Buffer.from(payload)).then((durable) => { if (durable) done(); else this.again(done); }, () => { this.again(done); });
    };
    this.listen();
  }

  async stop(): Promise<void> {
    await this.client.endAsync(true);
  }

  private listen(): void {
    const { client, parts: { messages: { state, topic }, onChange } } = this;
    client.on('connect', () => {
      state.connected = true;
      client.subscribe(topic.filter, { qos: 1 });
      onChange(true, '');
    });
    client.on('close', () => {
      if (state.connected) onChange(false, 'the connection ended');
      state.connected = false;
    });
    client.on('error', ({ message }) => { onChange(false, message); });
  }

  /** Unconfirmed, and the line opened anew, so that the broker sends it again. */
  private again(done: (error?: Error) => void): void {
    done(new Error('not durable'));
    this.client.stream.destroy();
  }
}
