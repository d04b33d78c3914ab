import { expect, test } from 'vitest';
import {
  createCase,
  moveRuleStep,
  openCase,
  readRuleLog,
  readRules,
  stepsOf,
  storeRuleStep,
  type StoredRule,
} from '../../../core/store/index.ts';
import { NightjarError } from '../../../core/api/errors.ts';
import { casePlace, failure } from '../support.ts';

const version = (id: string, number: number): Omit<StoredRule, 'state'> => ({
  id,
  version: number,
  text: `rule ${id} "a, ""b"""\n\u0000☃`,
  title: 'Ünïcode "quoted"',
  author: "O'Neill",
  note: '',
  savedAt: 1_700_000_000_000,
});
const drafted = (id: string, number: number) => ({ id, version: number, before: null, after: 'draft' as const });
const silent = (): void => undefined;

test('steps are taken back and made again in order, also after the case was closed', async () => {
  const { directory, keyringPath } = casePlace();
  const first = await createCase(directory, { keyringPath });
  await storeRuleStep(first.connection, 'save', 'save a', [version('a', 1)], [drafted('a', 1)], silent);
  await storeRuleStep(
    first.connection,
    'state',
    'live a',
    [],
    [{ id: 'a', version: 1, before: 'draft', after: 'live' }],
    silent,
  );
  expect(await readRules(first.connection)).toEqual([{ ...version('a', 1), state: 'live' }]);
  await first.close();

  const { connection, close } = await openCase(directory, { keyringPath });
  expect(await moveRuleStep(connection, 'undo', silent)).toEqual({
    title: 'live a',
    changes: [{ id: 'a', version: 1, before: 'live', after: 'draft' }],
  });
  expect((await readRules(connection)).map(({ state }) => state)).toEqual(['draft']);
  await moveRuleStep(connection, 'undo', silent);
  expect((await readRules(connection)).map(({ state }) => state)).toEqual([null]);
  expect(await moveRuleStep(connection, 'undo', silent)).toBeNull();
  await moveRuleStep(connection, 'redo', silent);
  const { done, undone } = stepsOf(await readRuleLog(connection));
  expect([done.map(({ title }) => title), undone.map(({ title }) => title)]).toEqual([['save a'], ['live a']]);
  await storeRuleStep(connection, 'save', 'save b', [version('b', 1)], [drafted('b', 1)], silent);
  expect(await moveRuleStep(connection, 'redo', silent)).toBeNull();
  expect((await readRuleLog(connection)).map(({ event }) => event)).toEqual([
    'save',
    'state',
    'undo',
    'undo',
    'redo',
    'save',
  ]);
  await close();
});

test('a step whose journal entry fails leaves nothing', async () => {
  const { directory, keyringPath } = casePlace();
  const { connection, close } = await createCase(directory, { keyringPath });
  const full = (): void => {
    throw new NightjarError('disk-full', 'The disk is full.');
  };
  const error = await failure(() =>
    storeRuleStep(connection, 'save', 'save a', [version('a', 1)], [drafted('a', 1)], full),
  );
  expect(error.code).toBe('disk-full');
  expect(await readRules(connection)).toEqual([]);
  expect(await readRuleLog(connection)).toEqual([]);
  await close();
});
