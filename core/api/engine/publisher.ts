/** Tells watchers of a changing value: the present one at once, then the newest after changes, not too often. */
export type Publisher<T> = {
  changed(): void;
  watch(signal?: AbortSignal): AsyncIteratorObject<T, undefined, undefined>;
};

/** Shortest time between two values told to one watcher. */
const GAP_MS = 100;

export const createPublisher = <T>(read: () => T): Publisher<T> => {
  const wakers = new Set<() => void>();
  let version = 0;
  return {
    changed: () => {
      version++;
      for (const wake of wakers) wake();
    },
    watch: (signal) => {
      let told = -1;
      let toldAt = Number.NEGATIVE_INFINITY;
      let ended = false;
      let wake = (): void => undefined;
      const end = (): void => {
        ended = true;
        wake();
      };
      signal?.addEventListener('abort', end, { once: true });
      /** Until something changed, or for `ms`; the end of watching ends either. */
      const pause = (ms?: number): Promise<void> =>
        new Promise((resolve) => {
          const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
          wake = () => {
            if (ms !== undefined && !ended) return;
            clearTimeout(timer);
            resolve();
          };
        });
      const close = (): { readonly done: true; readonly value: undefined } => {
        ended = true;
        wakers.delete(onChange);
        signal?.removeEventListener('abort', end);
        return { done: true, value: undefined };
      };
      const isUpToDate = (): boolean => !ended && told === version;
      const onChange = (): void => wake();
      wakers.add(onChange);
      return {
        next: async () => {
          while (isUpToDate()) await pause();
          const wait = toldAt + GAP_MS - performance.now();
          if (!ended && wait > 0) await pause(wait);
          if (ended || signal?.aborted === true) return close();
          told = version;
          toldAt = performance.now();
          return { done: false, value: read() };
        },
        return: async () => {
          end();
          return close();
        },
        [Symbol.asyncIterator]() {
          return this;
        },
        async [Symbol.asyncDispose]() {
          end();
          close();
        },
      };
    },
  };
};
