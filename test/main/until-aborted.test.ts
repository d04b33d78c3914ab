import { expect, test } from 'vitest';
import { untilAborted } from '../../main/cli/until-aborted.ts';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield i;
}
const all = async (source: AsyncIterable<number>): Promise<number[]> => {
  const found: number[] = [];
  for await (const each of source) found.push(each);
  return found;
};

test.each([
  ['without a signal', undefined],
  ['with one that never fires', new AbortController().signal],
])('all comes %s', async (_, signal) => {
  expect(await all(untilAborted(numbers(3), signal))).toEqual([0, 1, 2]);
});

test('nothing comes once the signal has fired, while something is waited for or taken', async () => {
  expect(await all(untilAborted(numbers(3), AbortSignal.abort()))).toEqual([]);

  const taking = new AbortController();
  const taken: number[] = [];
  for await (const each of untilAborted(numbers(9), taking.signal)) {
    taken.push(each);
    if (each === 1) taking.abort();
  }
  expect(taken).toEqual([0, 1]);

  const waiting = new AbortController();
  async function* never(): AsyncGenerator<number> {
    yield 7;
    await new Promise(() => undefined);
  }
  const ended = all(untilAborted(never(), waiting.signal));
  setImmediate(() => waiting.abort());
  expect(await ended).toEqual([7]);
});

test('an error of the source is one here', async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    throw new TypeError('broken');
  }
  await expect(all(untilAborted(failing(), new AbortController().signal))).rejects.toThrow('broken');
});
