/** Work that may be asked for at any rate and is done at most once in a while: at once if it was quiet, else when the while is over. */

export type Pace = { ask: () => void; stop: () => void };

export function createPace(everyMs: number, work: () => void): Pace {
  let timer: NodeJS.Timeout | null = null;
  let asked = false;
  const run = (): void => {
    asked = false;
    timer = setTimeout(() => {
      timer = null;
      if (asked) run();
    }, everyMs);
    timer.unref();
    work();
  };
  return {
    ask: () => {
      asked = true;
      if (timer === null) run();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      asked = false;
    },
  };
}
