import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { createSavedRules, type NewRule, type SavedRules } from '../../../core/api/rules/saved.ts';
import { createCase } from '../../../core/store/index.ts';
import { casePlace, failure } from '../../store/support.ts';

const open = async (): Promise<{ rules: SavedRules; journalPath: string }> => {
  const { directory, keyringPath } = casePlace();
  const opened = await createCase(directory, { keyringPath });
  const rules = await createSavedRules(opened);
  onTestFinished(async () => {
    await rules.close();
    await opened.close();
  });
  return { rules, journalPath: opened.paths.journal };
};

const rule = (id: string, text = `rule ${id}`): NewRule => ({ id, title: `Title of ${id}`, author: 'A', text });
const shown = (rules: SavedRules): string[] =>
  rules.list().map(({ id, version, state }) => `${id} ${version} ${state}`);

test('a rule is saved as a draft, again as a further version, and read back', async () => {
  const { rules } = await open();
  expect(await rules.save([rule('b'), rule('a')], 'first', null)).toEqual([
    { id: 'b', version: 1 },
    { id: 'a', version: 1 },
  ]);
  await rules.save([rule('a', 'changed')], 'second', { id: 'a', version: 1 });
  expect(shown(rules)).toEqual(['a 2 draft', 'b 1 draft']);
  expect(rules.get('a')).toMatchObject({ text: 'changed', note: 'second', title: 'Title of a' });
  expect(rules.get('a', 1)).toMatchObject({ text: 'rule a', note: 'first' });
  expect(rules.versions('a').map(({ version }) => version)).toEqual([2, 1]);
});

test('what is in the way is said: a taken name, a stale version, nothing there', async () => {
  const { rules } = await open();
  await rules.save([rule('a'), rule('b')], '', null);
  await rules.save([rule('a', 'two')], '', { id: 'a', version: 1 });
  expect(await failure(() => rules.save([rule('a')], '', null))).toMatchObject({ code: 'input', where: 'a' });
  expect(await failure(() => rules.save([rule('a', 'three')], '', { id: 'a', version: 1 }))).toMatchObject({
    code: 'input',
    message: 'Version 2 of this rule was saved meanwhile.',
  });
  expect(await failure(() => rules.save([rule('b')], '', { id: 'a', version: 2 }))).toMatchObject({ where: 'b' });
  expect(await failure(() => rules.setState('c', 'live'))).toMatchObject({ code: 'input', where: 'c' });
  expect(await failure(() => rules.remove('c'))).toMatchObject({ code: 'input' });
  expect(shown(rules)).toEqual(['a 2 draft', 'b 1 draft']);
  expect(rules.history()).toHaveLength(2);
});

test('going live retires the version that was', async () => {
  const { rules } = await open();
  await rules.save([rule('a')], '', null);
  await rules.setState('a', 'live');
  await rules.save([rule('a', 'two')], '', { id: 'a', version: 1 });
  expect(rules.versions('a').map(({ state }) => state)).toEqual(['draft', 'live']);
  await rules.setState('a', 'live');
  expect(rules.versions('a').map(({ state }) => state)).toEqual(['live', 'retired']);
  await rules.undo();
  expect(rules.versions('a').map(({ state }) => state)).toEqual(['draft', 'live']);
  const before = rules.history().length;
  await rules.setState('a', 'draft');
  expect(rules.history()).toHaveLength(before); // it was one already
});

test('everything is undone and redone: saving, renaming, removing; a number is never given twice', async () => {
  const { rules } = await open();
  await rules.save([rule('a')], '', null);
  await rules.save([rule('c')], '', { id: 'a', version: 1 });
  expect(shown(rules)).toEqual(['c 1 draft']);
  expect(rules.undoState()).toEqual({ undo: 'rename a to c', redo: null });
  expect(await rules.undo()).toBe('rename a to c');
  expect(shown(rules)).toEqual(['a 1 draft']);
  expect(await rules.redo()).toBe('rename a to c');
  await rules.remove('c');
  expect(shown(rules)).toEqual([]);
  expect(await failure(() => rules.get('c'))).toMatchObject({ message: 'There is no such rule.' });
  expect(await rules.undo()).toBe('remove c');
  expect(shown(rules)).toEqual(['c 1 draft']);
  await rules.save([rule('c', 'two')], '', { id: 'c', version: 1 });
  await rules.undo();
  expect(await rules.save([rule('c', 'other two')], '', { id: 'c', version: 1 })).toEqual([{ id: 'c', version: 3 }]);
  expect(await rules.redo()).toBeNull();
});

test('every step is in the journal, without a word of the text', async () => {
  const { rules, journalPath } = await open();
  await rules.save([rule('a', 'rule a "planted-secret"')], 'planted-note', null);
  await rules.setState('a', 'shadow');
  await rules.remove('a');
  await rules.undo();
  const journal = readFileSync(journalPath, 'utf8');
  for (const event of ['rules.save', 'rules.state', 'rules.remove', 'rules.undo']) expect(journal).toContain(event);
  expect(journal).not.toContain('planted');
});
