/**
 * What comes until the signal fires; then nothing more. A race against one promise of the whole stream would keep something of
 * each thing that came.
 */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let wake: (nothing: undefined) => void = () => undefined;
  const onAbort = (): void => wake(undefined);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      if (signal?.aborted === true) return;
      const next = await new Promise<IteratorResult<T> | undefined>((resolve, reject) => {
        wake = resolve;
        iterator.next().then(resolve, reject);
      });
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}
