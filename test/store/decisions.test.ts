import { expect, test } from 'vitest';
import {
  createCase,
  moveStep,
  openCase,
  readDecisions,
  readLog,
  stepsOf,
  storeStep,
  type Decision,
  type DecisionChange,
} from '../../core/store/index.ts';
import { casePlace, failure } from './support.ts';
import { NightjarError } from '../../core/api/errors.ts';

const decision = (verdict: Decision['verdict'], note: string | null = null): Decision => ({
  verdict,
  kind: 'spam',
  note,
  decidedAt: 1_700_000_000_000,
});
const set = (actor: string, before: Decision | null, after: Decision | null): DecisionChange => ({
  actor,
  before,
  after,
});
const silent = (): void => undefined;

test('steps are taken back and made again in order, also after the case was closed', async () => {
  const { directory, keyringPath } = casePlace();
  const first = await createCase(directory, { keyringPath });
  const { connection } = first;
  await storeStep(connection, 'set', 'one', [set('A', null, decision('abuse', 'why, "so"'))], silent);
  await storeStep(
    connection,
    'set',
    'two',
    [set('A', decision('abuse', 'why, "so"'), decision('benign')), set('B', null, decision('unsure'))],
    silent,
  );
  expect(await moveStep(connection, 'undo', silent)).toMatchObject({ title: 'two' });
  expect(await readDecisions(connection)).toEqual(new Map([['A', decision('abuse', 'why, "so"')]]));
  await first.close();

  const again = await openCase(directory, { keyringPath });
  const moved: DecisionChange[] = [];
  expect(await moveStep(again.connection, 'redo', (changes) => moved.push(...changes))).toMatchObject({ title: 'two' });
  expect(moved.map(({ actor, after }) => [actor, after?.verdict]).sort()).toEqual([
    ['A', 'benign'],
    ['B', 'unsure'],
  ]);
  expect(await moveStep(again.connection, 'redo', silent)).toBeNull();
  expect(await readDecisions(again.connection)).toEqual(
    new Map([
      ['A', decision('benign')],
      ['B', decision('unsure')],
    ]),
  );
  await moveStep(again.connection, 'undo', silent);
  await storeStep(again.connection, 'set', 'three', [set('C', null, decision('abuse'))], silent);
  expect(await moveStep(again.connection, 'redo', silent)).toBeNull();
  const log = await readLog(again.connection, 'decision_log');
  expect([stepsOf(log).done.map(({ title }) => title), log.length]).toEqual([['one', 'three'], 6]);
  await again.close();
});

test('a step that cannot be journalled is not stored', async () => {
  const { directory, keyringPath } = casePlace();
  const opened = await createCase(directory, { keyringPath });
  const error = await failure(() =>
    storeStep(opened.connection, 'set', 'one', [set('A', null, decision('abuse'))], () => {
      throw new NightjarError('disk-full', 'The disk is full.');
    }),
  );
  expect(error.code).toBe('disk-full');
  expect(await readDecisions(opened.connection)).toEqual(new Map());
  expect(await readLog(opened.connection, 'decision_log')).toEqual([]);
  await opened.close();
});
