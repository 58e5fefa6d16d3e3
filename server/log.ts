/** The log: JSON lines on standard error, so that standard output keeps the READY line. Secrets never reach it. */
import { pino, type Logger } from 'pino';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** What an object may hold that must not be written, whoever logs it. */
const SECRETS = ['password', 'secret', 'token', '*.password', '*.secret', '*.token', '*.cookie', '*.authorization'];

export type LogOptions = { level?: string | undefined; to?: NodeJS.WritableStream & { isTTY?: boolean } };

/** A line for a person's eyes: the time of day, the level, the message, then what it is about. */
function plain(to: NodeJS.WritableStream): { write: (line: string) => void } {
  return {
    write: (line) => {
      const { level, time, msg, ...about } = JSON.parse(line) as { level: string; time: string; msg?: string };
      const rest = Object.keys(about).length === 0 ? '' : ` ${JSON.stringify(about)}`;
      to.write(`${time.slice(11, 23)} ${level.padEnd(5)} ${msg ?? ''}${rest}\n`);
    },
  };
}

/** `AIR_LOG` says how much is told (`info` by default). */
export function createLog({ level = process.env['AIR_LOG'], to = process.stderr }: LogOptions = {}): Logger {
  const told = level !== undefined && LEVELS.includes(level) ? level : 'info';
  const options = {
    level: told, base: null, redact: { paths: SECRETS, censor: '…' },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, to.isTTY === true ? plain(to) : to);
}
