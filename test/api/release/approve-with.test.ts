import { describe, expect, test } from 'vitest';

import { approveWith, type ApprovedKind } from '../../../core/api/release/approve-with.ts';
import { NUMBERS } from '../../../core/api/release/ask.ts';
import { approveRelease, askRelease, refuseRelease, viewLedger } from '../../../core/api/release/index.ts';
import type { Case } from '../../../core/index.ts';
import type { ReleasePlan } from '../../../core/release/index.ts';
import { failure } from '../../store/support.ts';
import { folder } from './folder.ts';
import { COUNT, releaseSite } from './support.ts';

const ask = async (into: Case, purpose: string): Promise<string> => {
  const asked = await askRelease(into, { query: COUNT, epsilon: '1', purpose });
  if (asked.kind !== 'pending') throw new Error('It was answered already.');
  return asked.request;
};

/** A kind of release that writes down what happens, in order. */
const watched = (
  into: Case,
  happens: string[],
  run: ApprovedKind<ReleasePlan, undefined, number>['run'],
): ApprovedKind<ReleasePlan, undefined, number> => ({
  ...NUMBERS,
  readRows: async () => void happens.push(`read, ${spentOf(into)} spent`),
  run,
  sign: (drawn) => {
    happens.push('signed');
    return Buffer.from(String(drawn));
  },
});

const spentOf = (of: Case): string | null => viewLedger(of).spent.epsilon;

describe('an approval', () => {
  test('reads, spends, draws, and then signs', async () => {
    const { open, key } = await releaseSite({ epsilon: '2' }, folder());
    const into = await open();
    const happens: string[] = [];
    const kind = watched(into, happens, async (plan, _, source, debit) => {
      await debit(plan);
      happens.push(`to draw, ${spentOf(into)} spent`);
      return source.below(7);
    });
    const { file } = await approveWith(kind, into, await ask(into, 'a'), key, {});
    expect(happens).toEqual(['read, 0 spent', 'to draw, 1 spent', 'signed']);
    expect(Number(file.toString())).toBeLessThan(7);
    await into.close();
  });

  test('gives no noise to a release that has not paid, and spends nothing on it', async () => {
    const { open, key } = await releaseSite({ epsilon: '2' }, folder());
    const into = await open();
    const happens: string[] = [];
    const eager = watched(into, happens, async (plan, _, source, debit) => {
      const drawn = source.below(7);
      await debit(plan);
      return drawn;
    });
    const request = await ask(into, 'a');
    const error = await failure(() => approveWith(eager, into, request, key, {}));
    expect(error).toMatchObject({ code: 'internal', message: 'Noise was asked for before it was paid for.' });
    const free = watched(into, happens, async () => 3);
    expect((await failure(() => approveWith(free, into, request, key, {}))).message).toContain(
      'before it was paid for',
    );
    expect(happens).not.toContain('signed');
    expect(viewLedger(into)).toMatchObject({ spent: { epsilon: '0' }, requests: [{ state: 'pending' }] });
    await into.close();
  });

  test('of a request that is refused meanwhile leaves the ledger readable, also where the answer is there', async () => {
    const { open, key } = await releaseSite({ epsilon: '2' }, folder());
    const into = await open();
    const [first, second] = [await ask(into, 'a'), await ask(into, 'b')];
    await approveRelease(into, first, key);
    const approving = failure(() => approveRelease(into, second, key));
    await new Promise((resolve) => setImmediate(resolve));
    refuseRelease(into, second, 'too late', key);
    expect((await approving).message).toContain('decided on already');
    await into.close();
    const again = await open();
    expect(viewLedger(again).requests.map(({ state }) => state)).toEqual(['answered', 'refused']);
    await again.close();
  });
});
