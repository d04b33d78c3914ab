import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';

import { lossEventToJson } from '../../../core/release/accounting/index.ts';
import { newSecret, signingKeyOf } from '../../../core/release/keys/index.ts';
import {
  forestOf,
  forestPlanText,
  parseForest,
  parseForestFile,
  planPrivateForest,
  runPrivateForest,
  scoreForest,
  signForest,
  treesText,
  verifyPrivateForest,
  type ForestBody,
  type ForestFile,
  type PrivateForest,
} from '../../../core/release/private-forest/index.ts';
import { lossOfBudget, UNIT_OF_PRIVACY } from '../../../core/release/release-file/index.ts';
import { FEATURES, fresh, matrixOf, paid, rowsOf, SMALL } from './data.ts';

const key = signingKeyOf(newSecret());
const NAMES = FEATURES.map(({ name }) => name);

let forest: PrivateForest;
let body: ForestBody;
let file: ForestFile;
beforeAll(async () => {
  const rows = rowsOf(Array.from({ length: 80 }, (_, i) => [i, i * 10, (i % 7) / 7]));
  forest = await runPrivateForest({ settings: SMALL, cost: lossOfBudget('2', '0') }, rows, fresh(), paid);
  body = {
    kind: 'private-forest',
    request: 'e'.repeat(32),
    releasedAt: '2026-01-01T00:00:00.000Z',
    software: { name: 'nightjar', version: '0.0.0' },
    caseId: 'f'.repeat(32),
    unitOfPrivacy: { ...UNIT_OF_PRIVACY },
    epsilon: '2',
    delta: '0',
    ...forestPlanText(forest.plan),
    trees: treesText(forest),
    purpose: 'a test',
    asker: 'ana',
    approver: 'bo',
    reviewer: 'Bo',
    alone: false,
    ledger: { seq: 3, entry: 'd'.repeat(64) },
  };
  file = parseForestFile(signForest(body, key).toString('utf8'));
});

/** The names of the checks that find a fault. */
const faultsIn = (changed: ForestFile, trusted?: readonly string[]): string[] =>
  verifyPrivateForest(changed, trusted).checks.flatMap(({ what, faults }) => (faults.length > 0 ? [what] : []));
/** As a forger with a key of their own would write it. */
const forged = (change: Partial<ForestBody>): ForestFile =>
  parseForestFile(signForest({ ...body, ...change }, key).toString('utf8'));

test('a file that was signed verifies, and scores as the forest it was made of', () => {
  expect(verifyPrivateForest(file, [key.fingerprint])).toMatchObject({
    ok: true,
    signer: { name: 'Bo', fingerprint: key.fingerprint, isTrusted: true },
  });
  const rows = fc.array(fc.tuple(fc.float({ noNaN: false }), fc.float({ noNaN: false })), { maxLength: 20 });
  fc.assert(
    fc.property(rows, (values) => {
      const matrix = matrixOf(NAMES, values);
      expect(scoreForest(forestOf(file), matrix)).toEqual(scoreForest(forest, matrix));
    }),
  );
});

test('a file that was changed after it was signed is found out', () => {
  const trees = body.trees.map((tree, t) => (t === 0 ? { ...tree, count: tree.count.map((x) => x + 1) } : tree));
  expect(faultsIn({ ...file, forest: { ...file.forest, trees } })).toEqual(['signature']);
  expect(faultsIn({ ...file, forest: { ...file.forest, purpose: 'another' } })).toEqual(['signature']);
});

test('a key that is not trusted is told', () => {
  expect(faultsIn(file, ['0'.repeat(64)])).toEqual(['key']);
  expect(verifyPrivateForest(file).signer.isTrusted).toBeUndefined();
});

test('splits that were chosen by hand are found out, also under a good signature', () => {
  const [first, ...rest] = body.trees;
  if (first === undefined) throw new Error('There are no trees.');
  const moved = { ...first, threshold: first.threshold.map((x, i) => (i === 3 ? x + 1e-9 : x)) };
  expect(faultsIn(forged({ trees: [moved, ...rest] }))).toEqual(['splits']);
  expect(() => forestOf(forged({ trees: rest }))).toThrow(expect.objectContaining({ code: 'input' }));
});

test('less noise than the settings lead to, or a claim below the cost, is found out', () => {
  const dearer = planPrivateForest(SMALL, lossOfBudget('4', '0'));
  const losses = dearer.events.map(lossEventToJson);
  expect(faultsIn(forged({ losses }))).toEqual(['privacy loss', 'mechanisms']);
  expect(faultsIn(forged({ epsilon: '1' }))).toEqual(['privacy loss', 'mechanisms']);
  expect(faultsIn(forged({ query: null }))).toEqual(['mechanisms', 'splits']);
});

test('another text of the same file, or none at all, is refused', () => {
  const text = signForest(body, key).toString('utf8');
  for (const wrong of ['', '{}', '{"format":"nightjar-forest"}', text.replace('{', '{ '), text.replace('"e', '"x')]) {
    expect(() => parseForestFile(wrong)).toThrow(expect.objectContaining({ code: 'input' }));
  }
  expect(() => parseForestFile('{"format":"nightjar-forest","version":2}')).toThrow(/newer format/u);
});

test('Gaussian noise is verified too', async () => {
  const settings = parseForest({ forest: { features: FEATURES } });
  const made = await runPrivateForest({ settings, cost: lossOfBudget('1', '0.000001') }, rowsOf([]), fresh(), paid);
  const change = { epsilon: '1', delta: '0.000001', ...forestPlanText(made.plan), trees: treesText(made) };
  expect(faultsIn(forged(change))).toEqual([]);
  expect(faultsIn(forged({ ...change, delta: '0.0000001' }))).toContain('privacy loss');
});
