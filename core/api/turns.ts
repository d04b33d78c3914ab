/** One piece of work at a time. */
export type Turns = {
  /** Runs `work` once everything asked for before has ended, well or badly. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Waits until everything asked for so far has ended. */
  readonly settled: () => Promise<void>;
};

/** `onBusy` is told when work begins and when none is left. */
export const createTurns = (onBusy: (isBusy: boolean) => void = () => undefined): Turns => {
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    inTurn: (work) => {
      if (++waiting === 1) onBusy(true);
      const next = turn.then(work);
      turn = next
        .catch(() => undefined) // told to the caller; the next in turn starts afresh
        .then(() => {
          if (--waiting === 0) onBusy(false);
        });
      return next;
    },
    settled: async () => void (await turn),
  };
};
