/**
 * The outbox of messages: `DIR/notify.sqlite`. What is owed to a channel stays there until the channel has taken it, or failed for
 * good; a message is in it at most once, whatever is killed in between.
 */
import path from 'node:path';
import type { Language } from '../../shared/channels.ts';
import { type Connection, first, inTransaction, openOwn, rowsOf } from '../sqlite.ts';
import type { Said } from './wording.ts';

export type MessageState = 'queued' | 'delivered' | 'failed';
/**
 * A message to one channel (and, of an SMS, one number). `rest`: the channels that are tried next where this one fails. `person`: of
 * `duty.yaml`, whom it is for because no channel has delivered it. `since`: when the first
 * message of the fact was made, where this is not it. Machine time.
 */
export type Message = {
  id: string; channel: string; fact: string; seq: number; what: string; alert: string | null; occurrence: number | null; drill: boolean;
  created: number; said: Record<Language, Said>; payload: object; to: string[]; rest: string[]; attempts: number; person?: string; since?: number;
};
/** `next`: not before then. */
export type Owed = Message & { next: number };
export type Settled = Message & { state: MessageState; reason: string | null; settled: number };
/** One message of a fact, and what has become of it. */
export type Told = { channel: string; person: string | null; state: MessageState; to: string[]; rest: string[]; settled: number | null };
export type Listed = Omit<Message, 'payload' | 'rest'> & { state: MessageState; reason: string | null; settled: number | null; next: number };

/** What no channel has delivered is owed to the people on duty under this name, which no channel can have; `rest` are then the seats that are left. */
export const ROSTER = '@roster';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL, fact TEXT NOT NULL, seq INTEGER NOT NULL, what TEXT NOT NULL, alert TEXT, occurrence INTEGER, drill INTEGER NOT NULL,
    created INTEGER NOT NULL, said TEXT NOT NULL, payload TEXT NOT NULL, recipients TEXT NOT NULL, rest TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL, next INTEGER NOT NULL, reason TEXT, settled INTEGER, person TEXT, since INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS owed ON messages (channel, seq) WHERE state = 'queued';
  CREATE INDEX IF NOT EXISTS about ON messages (alert, channel);
  CREATE TABLE IF NOT EXISTS requests (channel TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS lately ON requests (channel, at);
  CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;`;

/** Settled messages are kept this long, ms. */
const KEPT = 30 * 24 * 3_600_000;
const COLUMNS = 'id, channel, fact, seq, what, alert, occurrence, drill, created, said, payload, recipients, rest, attempts, person, since';

type Row = {
  id: string; channel: string; fact: string; seq: number; what: string; alert: string | null; occurrence: number | null; drill: number; created: number;
  said: string; payload: string; recipients: string; rest: string; attempts: number; person: string | null; since: number | null;
};
type Outcome = { state: MessageState; reason: string | null };
const messageOf = ({ drill, said, payload, recipients, rest, person, since, ...row }: Row): Message => ({
  ...row, drill: drill === 1, said: JSON.parse(said) as Message['said'], payload: JSON.parse(payload) as object, to: JSON.parse(recipients) as string[], rest: JSON.parse(rest) as string[],
  ...(person === null ? {} : { person }), ...(since === null ? {} : { since }),
});

export type Box = ReturnType<typeof openBox>;

export function openBox(dir: string) {
  const db = openOwn(path.join(dir, 'notify.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  // A box of before there were messages to persons, or stand-ins that know since when.
  const columns = rowsOf(db, 'SELECT name FROM pragma_table_info(?)', ['messages']).flat();
  for (const [name, type] of [['person', 'TEXT'], ['since', 'INTEGER']] as const) if (columns.length > 0 && !columns.includes(name)) db.exec(`ALTER TABLE messages ADD COLUMN ${name} ${type}`);
  db.exec(SCHEMA);
  const noted = (name: string): number | null => { const value = first(db, 'SELECT value FROM notes WHERE name = ?', [name]); return typeof value === 'number' ? value : null; };
  const noting = db.prepare('INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
  const note = (name: string, value: number): void => { noting.run([name, value]); };
  return { ...writing(db), ...owing(db), ...asked(db), ...about(db), ...listing(db), noted, note, together: <T>(work: () => T): T => inTransaction(db, work), close: () => { db.close(); } };
}

function writing(db: Connection) {
  const insert = db.prepare(`INSERT OR IGNORE INTO messages (${COLUMNS}, state, next) VALUES (${'?, '.repeat(16)}'queued', ?)`);
  const settle = db.prepare('UPDATE messages SET state = ?, attempts = attempts + 1, reason = ?, settled = ? WHERE id IN (SELECT value FROM json_each(?))');
  const later = db.prepare('UPDATE messages SET attempts = attempts + 1, reason = ?, next = ? WHERE id IN (SELECT value FROM json_each(?))');
  const on = db.prepare('UPDATE messages SET rest = ?, next = ? WHERE id = ?');
  const reword = db.prepare('UPDATE messages SET said = ? WHERE id = ?');
  return {
    reword: (id: string, said: Message['said']): void => { reword.run([JSON.stringify(said), id]); },
    /** Answers whether it is new. `next`: not before then. */
    put: (m: Message, next = m.created): boolean => insert.run([m.id, m.channel, m.fact, m.seq, m.what, m.alert, m.occurrence, m.drill ? 1 : 0, m.created, JSON.stringify(m.said),
      JSON.stringify(m.payload), JSON.stringify(m.to), JSON.stringify(m.rest), m.attempts, m.person ?? null, m.since ?? null, next]).changes > 0,
    settle: (ids: readonly string[], { state, reason, now }: Outcome & { now: number }): void => { if (ids.length > 0) settle.run([state, reason, now, JSON.stringify(ids)]); },
    later: (ids: readonly string[], { reason, next }: { reason: string; next: number }): void => { if (ids.length > 0) later.run([reason, next, JSON.stringify(ids)]); },
    /** Of what is owed to the people on duty: the seats that are left, and when it is looked at again. */
    goesOn: (id: string, { rest, next }: { rest: readonly string[]; next: number }): void => { on.run([JSON.stringify(rest), next, id]); },
    prune: (now: number): void => {
      db.prepare('DELETE FROM requests WHERE at < ?').run([now - 120_000]);
      db.prepare("DELETE FROM messages WHERE state <> 'queued' AND settled < ?").run([now - KEPT]);
    },
  };
}

const owedOf = ({ next, ...row }: Row & { next: number }): Owed => ({ ...messageOf(row), next });

function owing(db: Connection) {
  const soonest = db.prepare("SELECT min(next) FROM messages WHERE state = 'queued' AND channel = ?").raw();
  const one = db.prepare(`SELECT ${COLUMNS}, next FROM messages WHERE id = ? AND state = 'queued'`);
  const before = db.prepare("SELECT 1 FROM messages WHERE alert = ? AND channel = ? AND state = 'queued' AND seq < ? LIMIT 1").raw();
  const queued = db.prepare(`SELECT ${COLUMNS}, next FROM messages WHERE state = 'queued' AND channel = ? ORDER BY seq, id LIMIT ?`);
  const behind = db.prepare(`SELECT ${COLUMNS} FROM messages WHERE alert = ? AND channel = ? AND person IS NULL AND state = 'queued' AND what = 'resolved' AND seq > ? ORDER BY seq`);
  return {
    /** What is owed to a channel, in the order in which it happened. */
    owed: (channel: string, most: number): Owed[] => (queued.all([channel, most]) as (Row & { next: number })[]).map(owedOf),
    /** Channels that something is owed to. */
    owing: (): string[] => rowsOf(db, "SELECT DISTINCT channel FROM messages WHERE state = 'queued' AND channel <> ?", [ROSTER]).flat().map(String),
    /** When the next of a channel is due. */
    nextDue: (channel: string): number | null => (soonest.get([channel]) as [number | null] | undefined)?.[0] ?? null,
    queuedOne: (id: string): Owed | null => { const row = one.get([id]) as (Row & { next: number }) | undefined; return row === undefined ? null : owedOf(row); },
    /** Whether something about the same alert waits on its channel that happened before. */
    waitsBefore: ({ alert, channel, seq }: Message): boolean => alert !== null && before.get([alert, channel, seq]) !== undefined,
    /** That the alert of a message is over, where that waits behind it. */
    endBehind: ({ alert, channel, seq }: Message): Message[] => (alert === null ? [] : (behind.all([alert, channel, seq]) as Row[]).map(messageOf)),
    /** Of what is owed to people on duty no more than this is counted: it was owed to a channel before. */
    queued: (): number => Number(first(db, 'SELECT count(*) FROM messages WHERE state = \'queued\' AND channel <> ?', [ROSTER]) ?? 0),
  };
}

/** Requests to a channel, by which its budget is kept. */
function asked(db: Connection) {
  const insert = db.prepare('INSERT INTO requests VALUES (?, ?)');
  const answered = db.prepare('UPDATE requests SET at = ? WHERE rowid = ?');
  const since = db.prepare('SELECT at FROM requests WHERE channel = ? AND at > ? ORDER BY at').raw();
  return {
    /** Answers what the request goes by. */
    asked: (channel: string, now: number): number => Number(insert.run([channel, now]).lastInsertRowid),
    /** Where the disk refuses, it counts from when it was asked. */
    answered: (request: number, now: number): void => { try { answered.run([now, request]); } catch { /* It stands as it is. */ } },
    /** Since an instant, oldest first. */
    lately: (channel: string, from: number): number[] => (since.all([channel, from]) as [number][]).map(([at]) => at),
  };
}

/** Since it was last told to be over; where that failed it has not been. */
const SINCE_OVER = "seq > coalesce((SELECT max(seq) FROM messages r WHERE r.alert = m.alert AND r.channel = m.channel AND r.what = 'resolved' AND r.state <> 'failed'), 0)";

function about(db: Connection) {
  const told = db.prepare(`SELECT channel, rest FROM messages m WHERE alert = ? AND channel <> '${ROSTER}' AND person IS NULL AND what <> 'resolved' AND state <> 'failed' AND ${SINCE_OVER} GROUP BY channel ORDER BY min(seq)`);
  const before = db.prepare(`SELECT 1 FROM messages WHERE alert = ?1 AND channel = ?2 AND person IS ?3 AND what <> 'resolved' AND state <> 'failed' AND seq < ?4
    AND seq > coalesce((SELECT max(seq) FROM messages WHERE alert = ?1 AND channel = ?2 AND person IS ?3 AND what = 'resolved' AND state <> 'failed' AND seq < ?4), 0) LIMIT 1`).raw();
  const owedOf = db.prepare(`SELECT count(*) FROM messages m WHERE alert = ? AND channel = '${ROSTER}' AND what <> 'resolved' AND ${SINCE_OVER}`).raw();
  // An id begins with its fact's: the ids' own index serves.
  const of = db.prepare("SELECT channel, person, state, recipients, rest, settled FROM messages WHERE id >= ?1 || '|' AND id < ?1 || '}'");
  const reached = db.prepare(`SELECT DISTINCT person, channel FROM messages WHERE alert = ?1 AND person IS NOT NULL AND what <> 'resolved' AND state = 'delivered' AND seq < ?2
    AND seq > coalesce((SELECT max(seq) FROM messages WHERE alert = ?1 AND channel = '${ROSTER}' AND what = 'resolved' AND seq < ?2), 0) ORDER BY seq`).raw();
  return {
    /** Channels that were told of an alert and not yet that it is over, with what each falls over to. */
    toldOf: (alert: string): { channel: string; rest: string[] }[] => (told.all([alert]) as { channel: string; rest: string }[]).map(({ channel, rest }) => ({ channel, rest: JSON.parse(rest) as string[] })),
    /** Whether whoever a message is for was told, or is to be, of what it ends. */
    toldBefore: ({ alert, channel, person, seq }: Message): boolean => before.get([alert, channel, person ?? null, seq]) !== undefined,
    /** Whether it was owed to the people on duty, and that it is over is not. */
    wentToRoster: (alert: string): boolean => ((owedOf.get([alert]) as [number] | undefined)?.[0] ?? 0) > 0,
    /** What became of one fact's messages. */
    ofFact: (fact: string): Told[] =>
      (of.all([fact]) as (Omit<Told, 'to' | 'rest'> & { recipients: string; rest: string })[]).map(({ recipients, rest, ...row }) => ({ ...row, to: JSON.parse(recipients) as string[], rest: JSON.parse(rest) as string[] })),
    /** Persons who were told of an alert before a fact and not yet that it is over, by which channel. */
    reached: (alert: string, before: number): { person: string; channel: string }[] => (reached.all([alert, before]) as [string, string][]).map(([person, channel]) => ({ person, channel })),
  };
}

function listing(db: Connection) {
  const list = db.prepare(`SELECT ${COLUMNS}, state, reason, settled, next FROM messages WHERE channel <> '${ROSTER}' ORDER BY created DESC, seq DESC LIMIT ?`);
  const ended = db.prepare(`SELECT ${COLUMNS}, state, reason, settled FROM messages WHERE settled IS NOT NULL ORDER BY settled DESC, seq DESC LIMIT ?`);
  return {
    list: (most: number): Listed[] => (list.all([most]) as (Row & Outcome & { settled: number | null; next: number })[]).map(({ state, reason, settled, next, ...row }) => {
      const { payload: _, rest: __, ...shown } = messageOf(row);
      return { ...shown, state, reason, settled, next };
    }),
    /** What was settled last, in the order of that, and what was settled at once in the order in which it happened: what became of it may be lost with the machine. */
    settledLast: (most: number): Settled[] => (ended.all([most]) as (Row & Outcome & { settled: number })[]).map(({ state, reason, settled, ...row }) => ({ ...messageOf(row), state, reason, settled })).reverse(),
  };
}
