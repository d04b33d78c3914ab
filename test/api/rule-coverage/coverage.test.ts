import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  approveCoverage,
  askCoverage,
  askCoverageQuery,
  coverageMetrics,
} from '../../../core/api/rule-coverage/index.ts';
import { cellOf, CELLS, coverageOf, coverageQuery, ruleHash } from '../../../core/api/rule-coverage/question.ts';
import { readCoverageRows } from '../../../core/api/rule-coverage/rows.ts';
import {
  approveRelease,
  askRelease,
  checkCaseLedger,
  makeKeyFile,
  openKeyFile,
  setLimit,
  viewLedger,
  type ReviewerKey,
} from '../../../core/api/release/index.ts';
import { createDecisions } from '../../../core/api/decisions/decisions.ts';
import { createSavedRules } from '../../../core/api/rules/saved.ts';
import { parseRelease, verifyRelease } from '../../../core/release/release-file/index.ts';
import { parseRules } from '../../../core/rules/text/parse-rules.ts';
import type { Rule } from '../../../core/rules/schema.ts';
import { createCase, detectFiles, type Case } from '../../../core/index.ts';
import { readRuleActors } from '../../../core/store/index.ts';
import { failure } from '../../store/support.ts';
import { writeLog } from '../logs.ts';

const place = mkdtempSync(join(tmpdir(), 'nightjar-coverage-'));
let opened: Case;
let key: ReviewerKey;
let actors: readonly string[];

const ruleOf = (lines: string, id = 'many'): Rule => {
  const text = `rule ${id} "R"\nauthor "A"\nseverity low\neffect review\n${lines}`;
  const [rule] = parseRules(text).rules ?? [];
  if (rule === undefined) throw new Error(JSON.stringify(parseRules(text).diagnostics));
  return rule;
};
const MANY = ruleOf('for each actor_id\nin each 1 day\nwhen count() >= 5');
const DAY = '2026-01-01';

beforeAll(async () => {
  opened = await createCase(join(place, 'case'), { keyringPath: join(place, 'keyring'), threads: 1 });
  await detectFiles(opened, { inputs: [writeLog(place)], detectors: ['isolationForest'], threads: 1 });
  await makeKeyFile(join(place, 'key'), 'Ana');
  key = await openKeyFile(join(place, 'key'));
  setLimit(opened, { epsilon: '1000', delta: '0' }, key);
  ({ actors } = await readRuleActors(opened.connection));
  const decisions = await createDecisions(opened, () => undefined);
  await decisions.set({ actors: actors.slice(0, 7), verdict: 'abuse' });
  await decisions.set({ actors: actors.slice(7, 20), verdict: 'benign' });
  await decisions.set({ actors: actors.slice(20, 22), verdict: 'unsure' });
  await decisions.close();
}, 120_000);

afterAll(async () => {
  await opened.close();
  rmSync(place, { recursive: true, force: true });
});

const save = async (rule: Rule): Promise<void> => {
  const saved = await createSavedRules(opened);
  const { printRule } = await import('../../../core/rules/text/print-rule.ts');
  if (saved.versions(rule.id).length === 0) {
    await saved.save([{ id: rule.id, title: 'R', author: 'A', text: printRule(rule) }], '', null);
  }
  await saved.close();
};

/** Actors by cell, from the rows that a release is made of. */
const cellsOf = async (rule: Rule): Promise<number[]> => {
  await save(rule);
  const { actor, keys } = await readCoverageRows(opened.connection, {
    rule: rule.id,
    sha256: ruleHash(rule),
    day: DAY,
  });
  expect(new Set(actor).size).toBe(actor.length); // everybody once
  const counts = CELLS.map(() => 0);
  const [cells] = keys;
  if (cells === undefined || cells instanceof Float64Array) throw new Error('The cells are texts.');
  for (const code of cells.codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

describe('the cells', () => {
  test('are six, one for each actor', () => {
    const all = [true, false].flatMap((isHit) => [1, 0, undefined].map((label) => cellOf(isHit, label as 0 | 1)));
    expect(all).toEqual([0, 1, 2, 3, 4, 5]);
    expect(CELLS[cellOf(true, 1)]).toBe('hit, abuse');
    expect(CELLS[cellOf(false, undefined)]).toBe('not hit, undecided');
  });

  test('hold everybody of the case', async () => {
    const cells = await cellsOf(MANY);
    expect(cells.reduce((a, b) => a + b, 0)).toBe(actors.length);
    const column = (place_: number): number => (cells[place_] ?? 0) + (cells[place_ + 3] ?? 0);
    expect([column(0), column(1), column(2)]).toEqual([7, 13, actors.length - 20]);
    expect(cells[0]! + cells[1]! + cells[2]!).toBeGreaterThan(5);
  });

  test('of one actor less differ by one in one cell, whatever the actor did', async () => {
    const rules = [
      MANY,
      ruleOf(
        'for each actor_id\nin any 1 hour\nwhen distinct(ip) >= 2 and share(where action = "view") < 0.9',
        'windows',
      ),
      ruleOf('for each actor_id\nwhen first_seen(ip in 30 days) >= 1', 'first'),
      ruleOf('for actors\nwhen feature(event_count) >= 25', 'features'),
    ];
    for (const rule of rules) {
      const whole = await cellsOf(rule);
      for (const actor of [actors[0], actors[12], actors[30], actors.at(-1)]) {
        await opened.connection.run('BEGIN TRANSACTION');
        await opened.connection.run('DELETE FROM events WHERE actor_id = $1', [actor ?? '']);
        await opened.connection.run('DELETE FROM run_features WHERE actor_id = $1', [actor ?? '']);
        await opened.connection.run('DELETE FROM decisions WHERE actor_id = $1', [actor ?? '']);
        const without = await readCoverageRows(opened.connection, { rule: rule.id, sha256: ruleHash(rule), day: DAY });
        await opened.connection.run('ROLLBACK');
        const [cells] = without.keys;
        if (cells === undefined || cells instanceof Float64Array) throw new Error('The cells are texts.');
        const counts = CELLS.map((_, i) => cells.codes.filter((code) => code === i).length);
        expect(whole.map((n, i) => n - (counts[i] ?? 0)).toSorted()).toEqual([0, 0, 0, 0, 0, 1]);
      }
    }
  });
});

describe('a rule whose hits depend on others is refused', () => {
  test.each([
    ['by another group', 'for each ip\nin each 1 day\nwhen count() >= 5'],
    ['by a percentile', 'for actors\nwhen percentile(event_count) >= 90'],
    ['by a feature of others', 'for actors\nwhen feature(ip_shared_max) >= 0.5'],
    [
      'by a feature of others in windows',
      'for each actor_id\nin each 1 day\nwhen count() >= 5 and feature(ip_shared_max) > 0',
    ],
  ])('%s', async (_, lines) => {
    const before = viewLedger(opened).requests.length;
    const error = await failure(() => askCoverage(opened, { rule: ruleOf(lines, 'others'), epsilon: '1' }));
    expect(error).toMatchObject({ code: 'usage', where: 'others' });
    expect(viewLedger(opened).requests).toHaveLength(before);
  });
});

describe('through the ledger', () => {
  test('it is asked, paid for, drawn and signed; the file is checked elsewhere, and gives the card its numbers', async () => {
    // At ε = 60 the noise is 0 but for a chance of 2·e⁻⁶⁰ per cell.
    const asked = await askCoverage(opened, { rule: MANY, epsilon: '60', purpose: 'a card' });
    if (asked.kind !== 'pending') throw new Error('It was answered already.');
    const spent = viewLedger(opened).spent.epsilon;
    const { file } = await approveCoverage(opened, asked.request, key);
    expect(Number(viewLedger(opened).spent.epsilon) - Number(spent)).toBe(60);
    const released = parseRelease(file.toString('utf8'));
    expect(verifyRelease(released).ok).toBe(true);
    expect(checkCaseLedger(opened.directory)).toMatchObject({ ok: true, faults: [] });
    expect(released.release.noised.length).toBe(1);
    expect(released.release.keys[0]?.of).toEqual([...CELLS]);
    expect(released.release.columns[0]?.value).toEqual(await cellsOf(MANY));
    for (const actor of actors) expect(file.toString('utf8')).not.toContain(actor);

    const metrics = coverageMetrics(released, MANY);
    const [abuse = 0, benign = 0] = await cellsOf(MANY);
    expect(metrics.map(({ name }) => name)).toEqual(['precision', ...CELLS.map((cell) => `actors ${cell}`)]);
    expect(metrics[0]).toMatchObject({ value: abuse / (abuse + benign), epsilon: 60 });
    expect((await failure(() => coverageMetrics(released, ruleOf('for each actor_id\nwhen count() >= 5')))).code).toBe(
      'input',
    );
  });

  test('the same question of the same day is answered again at no cost', async () => {
    const spent = viewLedger(opened).spent.epsilon;
    expect((await askCoverage(opened, { rule: MANY, epsilon: '60' })).kind).toBe('answered');
    const query = coverageQuery(MANY, new Date().toISOString().slice(0, 10));
    expect((await askCoverageQuery(opened, { query, epsilon: '60' })).kind).toBe('answered');
    expect(viewLedger(opened).spent.epsilon).toBe(spent);
  });

  test('what is asked about a rule cannot be approved as a release of columns, nor the reverse; nothing is spent', async () => {
    const spent = viewLedger(opened).spent.epsilon;
    const asked = await askCoverage(opened, { rule: MANY, epsilon: '1' });
    if (asked.kind !== 'pending') throw new Error('It was answered already.');
    expect((await failure(() => approveRelease(opened, asked.request, key))).code).toBe('usage');
    const query = {
      count: 'actors',
      by: [{ column: 'action', keys: ['view'] }],
      bounds: { groupsPerActor: 1, rowsPerGroup: 1 },
    };
    const other = await askRelease(opened, { query, epsilon: '1' });
    if (other.kind !== 'pending') throw new Error('It was answered already.');
    expect((await failure(() => approveCoverage(opened, other.request, key))).code).toBe('usage');
    const strange = coverageQuery(ruleOf('for each actor_id\nwhen count() >= 9', 'unsaved'), DAY);
    expect((await failure(() => askRelease(opened, { query: strange, epsilon: '1' }))).code).toBe('usage');
    expect(viewLedger(opened).spent.epsilon).toBe(spent);
  });
});

test('a column says what it is about, and others say nothing', () => {
  const query = JSON.stringify(coverageQuery(MANY, DAY));
  const column = `rule many on ${DAY}, sha256 ${ruleHash(MANY)}`;
  expect(query).toContain(column);
  expect(coverageOf(column)).toEqual({ rule: 'many', sha256: ruleHash(MANY), day: DAY });
  for (const other of ['country', 'rule many', `${column} `, column.replace('many', 'Many')]) {
    expect(coverageOf(other)).toBeUndefined();
  }
});
