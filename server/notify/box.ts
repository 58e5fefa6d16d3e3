/**
 * The outbox of messages: `DIR/notify.sqlite`. What is owed to a channel stays there until the channel has taken it, or failed for
 * good; a message is in it at most once, whatever is killed in between.
 */
import path from 'node:path';
import type { Language } from '../../shared/channels.ts';
import { type Connection, first, inTransaction, openOwn } from '../sqlite.ts';
import type { Said } from './wording.ts';

export type MessageState = 'queued' | 'delivered' | 'failed';
/** A message to one channel (and, of an SMS, one number). `rest`: the channels that are tried next where this one fails. Machine time. */
export type Message = {
  id: string; channel: string; fact: string; seq: number; what: string; alert: string | null; occurrence: number | null; drill: boolean;
  created: number; said: Record<Language, Said>; payload: object; to: string[]; rest: string[]; attempts: number;
};
export type Listed = Omit<Message, 'payload' | 'rest'> & { state: MessageState; reason: string | null; settled: number | null; next: number };

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL, fact TEXT NOT NULL, seq INTEGER NOT NULL, what TEXT NOT NULL, alert TEXT, occurrence INTEGER, drill INTEGER NOT NULL,
    created INTEGER NOT NULL, said TEXT NOT NULL, payload TEXT NOT NULL, recipients TEXT NOT NULL, rest TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL, next INTEGER NOT NULL, reason TEXT, settled INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS owed ON messages (channel, seq) WHERE state = 'queued';
  CREATE INDEX IF NOT EXISTS about ON messages (alert, channel);
  CREATE TABLE IF NOT EXISTS requests (channel TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS lately ON requests (channel, at);
  CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;`;

/** Settled messages are kept this long, ms. */
const KEPT = 30 * 24 * 3_600_000;
const COLUMNS = 'id, channel, fact, seq, what, alert, occurrence, drill, created, said, payload, recipients, rest, attempts';

type Row = { id: string; channel: string; fact: string; seq: number; what: string; alert: string | null; occurrence: number | null; drill: number; created: number; said: string; payload: string; recipients: string; rest: string; attempts: number };
const messageOf = ({ drill, said, payload, recipients, rest, ...row }: Row): Message =>
  ({ ...row, drill: drill === 1, said: JSON.parse(said) as Message['said'], payload: JSON.parse(payload) as object, to: JSON.parse(recipients) as string[], rest: JSON.parse(rest) as string[] });

export type Box = ReturnType<typeof openBox>;

export function openBox(dir: string) {
  const db = openOwn(path.join(dir, 'notify.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(SCHEMA);
  const noted = (name: string): number | null => { const value = first(db, 'SELECT value FROM notes WHERE name = ?', [name]); return typeof value === 'number' ? value : null; };
  const note = (name: string, value: number): void => { db.prepare('INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run([name, value]); };
  return { ...writing(db), ...reading(db), noted, note, together: <T>(work: () => T): T => inTransaction(db, work), close: () => { db.close(); } };
}

function writing(db: Connection) {
  const insert = db.prepare(`INSERT OR IGNORE INTO messages (${COLUMNS}, state, next) VALUES (${'?, '.repeat(14)}'queued', ?)`);
  const settle = db.prepare('UPDATE messages SET state = ?, attempts = attempts + 1, reason = ?, settled = ? WHERE id = ?');
  const later = db.prepare('UPDATE messages SET attempts = attempts + 1, reason = ?, next = ? WHERE id = ?');
  return {
    /** Answers whether it is new. */
    put: (m: Message): boolean => insert.run([m.id, m.channel, m.fact, m.seq, m.what, m.alert, m.occurrence, m.drill ? 1 : 0, m.created, JSON.stringify(m.said),
      JSON.stringify(m.payload), JSON.stringify(m.to), JSON.stringify(m.rest), m.attempts, m.created]).changes > 0,
    settle: (ids: readonly string[], { state, reason, now }: { state: 'delivered' | 'failed'; reason: string | null; now: number }): void => { for (const id of ids) settle.run([state, reason, now, id]); },
    later: (ids: readonly string[], { reason, next }: { reason: string; next: number }): void => { for (const id of ids) later.run([reason, next, id]); },
    asked: (channel: string, now: number): void => { db.prepare('INSERT INTO requests VALUES (?, ?)').run([channel, now]); },
    prune: (now: number): void => {
      db.prepare('DELETE FROM requests WHERE at < ?').run([now - 120_000]);
      db.prepare("DELETE FROM messages WHERE state <> 'queued' AND settled < ?").run([now - KEPT]);
    },
  };
}

function reading(db: Connection) {
  const queued = db.prepare(`SELECT ${COLUMNS}, next FROM messages WHERE state = 'queued' AND channel = ? ORDER BY seq, id LIMIT ?`);
  const list = db.prepare(`SELECT ${COLUMNS}, state, reason, settled, next FROM messages ORDER BY created DESC, seq DESC LIMIT ?`);
  return {
    /** What is owed to a channel, oldest first, and when the oldest is due: nothing overtakes it, lest an end be told before its beginning. */
    owed: (channel: string, most: number): { due: number; messages: Message[] } | null => {
      const rows = queued.all([channel, most]) as (Row & { next: number })[];
      const [head] = rows;
      return head === undefined ? null : { due: head.next, messages: rows.map(({ next: _, ...row }) => messageOf(row)) };
    },
    /** Requests to a channel since an instant, oldest first. */
    lately: (channel: string, since: number): number[] => (db.prepare('SELECT at FROM requests WHERE channel = ? AND at > ? ORDER BY at').raw().all([channel, since]) as [number][]).map(([at]) => at),
    /** Channels that were told of an alert and not yet that it is over, with what each falls over to. */
    toldOf: (alert: string): { channel: string; rest: string[] }[] => (db.prepare(
      "SELECT channel, rest FROM messages m WHERE alert = ? AND what <> 'resolved' AND state <> 'failed' AND seq > coalesce((SELECT max(seq) FROM messages r WHERE r.alert = m.alert AND r.channel = m.channel AND r.what = 'resolved'), 0) GROUP BY channel ORDER BY min(seq)",
    ).all([alert]) as { channel: string; rest: string }[]).map(({ channel, rest }) => ({ channel, rest: JSON.parse(rest) as string[] })),
    queued: (): number => Number(first(db, "SELECT count(*) FROM messages WHERE state = 'queued'") ?? 0),
    failed: (since: number): number => Number(first(db, "SELECT count(*) FROM messages WHERE state = 'failed' AND rest = '[]' AND settled > ?", [since]) ?? 0),
    list: (most: number): Listed[] => (list.all([most]) as (Row & { state: MessageState; reason: string | null; settled: number | null; next: number })[]).map((row) => {
      const { payload: _, rest: __, ...shown } = messageOf(row);
      return { ...shown, state: row.state, reason: row.reason, settled: row.settled, next: row.next };
    }),
  };
}
