/** One thing at a time on one subject: who comes second sees what became of the first, durable or not. */
export type Turns = <T>(subject: string, work: () => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (subject, work) => {
    const before = last.get(subject) ?? Promise.resolve();
    // A failure before us is its caller's business, not ours.
    const mine = before.then(work, work);
    const settled = mine.then(() => undefined, () => undefined).then(() => {
      if (last.get(subject) === settled) last.delete(subject);
    });
    last.set(subject, settled);
    return mine;
  };
}
