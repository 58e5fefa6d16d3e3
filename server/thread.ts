/**
 * Questions to a worker thread, and the thread's end of it. The stores use it so that the disk's fsync never
 * holds up the thread that receives and shows. A thread that dies is started again by the next question.
 */
import { parentPort, receiveMessageOnPort, Worker, type Transferable } from 'node:worker_threads';
import { builtFile } from './built.ts';

/** What may be asked of a thread: for each kind of question its shape and that of its answer. */
export type Asks = Record<string, [question: unknown, answer: unknown]>;

/** A question on its way; `number` brings the answer home. */
export type Question = { number: number; kind: string; question: unknown };
type Answer = { number: number; answer: unknown; failure: string | null };
type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void };

/** The thread died before it answered: what was asked may or may not have been done. */
export class ThreadLost extends Error {}

export class Thread<A extends Asks> {
  readonly #file: URL;
  readonly #data: unknown;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #asked = 0;

  /** `source` is the worker's TypeScript file; `data` what it finds in `workerData`. */
  constructor(source: URL, data: unknown) {
    this.#file = builtFile(source);
    this.#data = data;
  }

  /** Starts it before anything is asked, so that the first question does not wait for that. */
  begin(): void {
    this.#worker ??= this.#start();
  }

  /** Rejects with `ThreadLost` if the thread dies, with a plain error if its handler threw. */
  ask<K extends keyof A & string>(kind: K, question: A[K][0], transfer: Transferable[] = []): Promise<A[K][1]> {
    const number = ++this.#asked;
    return new Promise<A[K][1]>((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      const message: Question = { number, kind, question };
      (this.#worker ??= this.#start()).postMessage(message, transfer);
    });
  }

  /** Ends the thread at once; ask it first to finish what it has in hand. */
  async end(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    // The parent's own flags (a loader, an inspector) are none of the thread's business.
    const worker = new Worker(this.#file, { workerData: this.#data, execArgv: [] });
    worker.on('message', (answer: Answer) => { this.#answered(answer); });
    worker.on('error', (error) => { this.#lost(worker, error.message); });
    worker.on('exit', (code) => { this.#lost(worker, `exit code ${code}`); });
    return worker;
  }

  #answered({ number, answer, failure }: Answer): void {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (failure === null) waiting?.resolve(answer);
    else waiting?.reject(new Error(failure));
  }

  #lost(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const orphans = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of orphans) reject(new ThreadLost(`the thread ended: ${why}`));
  }
}

/** The handlers of a thread: one for each kind of question. */
export type Handlers<A extends Asks> = { [K in keyof A & string]: (question: A[K][0]) => A[K][1] };

/** More than this at once would make one transaction too long. */
const GROUP = 64;

/** In the thread: hands over all questions that wait, oldest first, and sends back an answer for each. */
export function serveTogether(handle: (questions: Question[]) => unknown[]): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread only');
  port.on('message', (first: Question) => {
    const questions = [first];
    while (questions.length < GROUP) {
      const more = receiveMessageOnPort(port) as { message: Question } | undefined;
      if (more === undefined) break;
      questions.push(more.message);
    }
    handle(questions).forEach((answer, i) => {
      const message: Answer = { number: questions[i]?.number ?? 0, answer, failure: null };
      port.postMessage(message);
    });
  });
}

/** In the thread: answers one question after another; a handler that throws fails its own question only. */
export function serve<A extends Asks>(handlers: Handlers<A>): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread only');
  port.on('message', ({ number, kind, question }: Question) => {
    const message: Answer = { number, answer: null, failure: null };
    try {
      message.answer = handlers[kind]?.(question);
    } catch (error) {
      message.failure = error instanceof Error ? error.message : String(error);
    }
    port.postMessage(message);
  });
}
