/**
 * A message to two thousand receivers, measured on a real server process over loopback, the senders of readings and the webhook in
 * this process, on the same machine and cores: `npm run bench -- telling`.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Fact } from '../shared/fact.ts';
import { type BenchRoom, bodyOf, openRoom, post, processorOf, told } from './room.ts';

const CITIES = 2_000;
/** Rounds after the first, which finds a server that has done nothing yet. */
const ROUNDS = Number(process.env['AIR_BENCH_ROUNDS'] ?? 8);
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

type Arrival = { key: string; at: number };
type Hook = { url: string; arrived: Arrival[]; close: () => void };

const TAKEN = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

/** As little of HTTP as one client of ours needs: whole requests with a length, one after the other. */
function serve(socket: Socket, took: (key: string) => void): void {
  let read = '';
  socket.setNoDelay(true).setEncoding('latin1').on('error', () => undefined).on('data', (part: string) => {
    read += part;
    for (let head = read.indexOf('\r\n\r\n'); head >= 0; head = read.indexOf('\r\n\r\n')) {
      const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(read.slice(0, head))?.[1]?.trim() ?? '';
      const end = head + 4 + Number(header('content-length'));
      if (read.length < end) return;
      took(header('idempotency-key'));
      read = read.slice(end);
      socket.write(TAKEN);
    }
  });
}

/** A webhook that takes everything at once and costs next to nothing, as one on a machine of its own would here; it remembers when what came. */
async function openHook(): Promise<Hook> {
  const arrived: Arrival[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    serve(socket, (key) => { arrived.push({ key, at: performance.timeOrigin + performance.now() }); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, arrived, close: () => { for (const socket of sockets) socket.destroy(); server.close(); } };
}

async function factsAfter({ url, screenToken }: BenchRoom, after: number): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (;;) {
    const answer = await fetch(`${url}/api/journal?after=${facts.at(-1)?.seq ?? after}&limit=10000`, { headers: { authorization: `Bearer ${screenToken}` } });
    const page = (await answer.json()) as { facts: Fact[] };
    if (page.facts.length === 0) return facts;
    facts.push(...page.facts);
  }
}

/** Until all have come and nothing more has for a second; a minute at most. */
async function quiet({ arrived }: Hook): Promise<void> {
  const began = performance.now();
  for (let n = -1; n !== arrived.length || arrived.length < CITIES;) {
    if (performance.now() - began > 60_000) return;
    n = arrived.length;
    await pause(1_000);
  }
}

type Round = { answered: number; processor: number; posted: number[]; message: number[]; receipt: number[]; messages: number; different: number };

/** All cities cross the limit in one POST, one way or the other. */
async function cross(room: BenchRoom, hook: Hook, of: { value: number; after: number }): Promise<Round & { seq: number }> {
  hook.arrived.length = 0;
  const before = processorOf(room);
  const began = performance.timeOrigin + performance.now();
  await post(room, bodyOf(CITIES, of.value));
  const answered = performance.timeOrigin + performance.now() - began;
  await quiet(hook);
  const processor = processorOf(room) - before;
  const facts = await factsAfter(room, of.after);
  const decided = new Map(facts.map((fact) => [fact.id, fact.recorded]));
  const message = hook.arrived.map(({ key, at }) => at - (decided.get(key.slice(0, key.lastIndexOf('|'))) ?? NaN));
  const receipt = facts.flatMap((fact) => (fact.kind === 'alert-told' ? [fact.recorded - (decided.get(fact.id.slice('alert-told:'.length, fact.id.lastIndexOf('|'))) ?? NaN)] : []));
  return { answered, processor, posted: hook.arrived.map(({ at }) => at - began), message, receipt, messages: hook.arrived.length, different: new Set(hook.arrived.map(({ key }) => key)).size, seq: facts.at(-1)?.seq ?? of.after };
}

function tell(name: string, rounds: readonly Round[]): void {
  const sum = (of: (round: Round) => number): number => rounds.reduce((all, round) => all + of(round), 0);
  console.log(`${name}: ${sum(({ messages }) => messages)} messages, ${sum(({ different }) => different)} different, ${sum(({ receipt }) => receipt.length)} receipts; POSTs answered after ${(sum(({ answered }) => answered) / rounds.length).toFixed(0)} ms; a round costs the server ${(sum(({ processor }) => processor) / rounds.length).toFixed(0)} ms of processor`);
  console.log(`  from the facts to the first message: ${rounds.map(({ message }) => Math.min(...message).toFixed(0)).join(', ')} ms`);
  console.log(`  from the fact to the message:      ${told(rounds.flatMap(({ message }) => message))}`);
  console.log(`  from the fact to the receipt:      ${told(rounds.flatMap(({ receipt }) => receipt))}`);
  console.log(`  from the POST to the message:      ${told(rounds.flatMap(({ posted }) => posted))}; the first after ${Math.min(...rounds.flatMap(({ posted }) => posted)).toFixed(0)} ms`);
}

export async function measure(): Promise<void> {
  const hook = await openHook();
  const duty = `channels:\n  - { id: hook, kind: webhook, url: "${hook.url}", airs: [silent] }\ntell:\n  - { of: [raised], severities: [critical, warning, notice], by: [hook] }\n`;
  const room = await openRoom({ cities: CITIES, stations: CITIES }, { speed: 1, hourly: true, duty });
  const rounds: Round[] = [];
  for (let n = 0, after = 0; n <= ROUNDS; n += 1) {
    const { seq, ...round } = await cross(room, hook, { value: n % 2 === 0 ? 120 + n : 20 + n, after });
    after = seq;
    rounds.push(round);
  }
  tell(`${CITIES} cities crossing in one POST, the first of a fresh server`, rounds.slice(0, 1));
  if (ROUNDS > 0) tell(`the same, ${ROUNDS} further rounds (over, under, over …)`, rounds.slice(1));
  await room.stop();
  hook.close();
}
