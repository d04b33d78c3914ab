import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { parseRules } from '../../../core/rules/text/parse-rules.ts';
import { showDiagnostic } from '../../../core/rules/text/show-diagnostic.ts';
import { validateRules, VALIDATORS } from '../../../core/rules/validate/validate.ts';
import { DAY, VOCABULARY } from './vocabulary.ts';

// What is said of faulty rules: `node test/golden/rules/renew.mjs` writes it anew. Look at what changed.
const FOLDER = new URL('../../golden/rules/errors/', import.meta.url);
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -4));

const said = (name: string): string => {
  const text = readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8');
  const parsed = parseRules(text);
  const diagnostics = [...parsed.diagnostics, ...validateRules(text, parsed, VOCABULARY, DAY)];
  return diagnostics.map((each) => showDiagnostic(text, each, `${name}.rules`)).join('\n');
};

describe('what is said of faulty rules', () => {
  it.each(NAMES)('%s', (name) => {
    const out = new URL(`${name}.out`, FOLDER);
    if (process.env['RENEW_RULES'] !== undefined) writeFileSync(out, said(name));
    expect(said(name)).toBe(readFileSync(out, 'utf8'));
    expect(said(name)).not.toBe('');
  });
});

it('has a faulty rule for every validator', () => {
  for (const { code } of VALIDATORS) {
    expect(NAMES).toContain(code);
    expect(readFileSync(new URL(`${code}.out`, FOLDER), 'utf8')).toContain(`[${code}]`);
  }
});

it('puts every caret inside the text, and says what to do', () => {
  for (const name of NAMES) {
    const text = readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8');
    const parsed = parseRules(text);
    for (const each of [...parsed.diagnostics, ...validateRules(text, parsed, VOCABULARY, DAY)]) {
      expect(each.from).toBeGreaterThanOrEqual(0);
      expect(each.from + each.length).toBeLessThanOrEqual(text.length);
      expect(each.message).toMatch(/[.?]$/);
      expect(each.hint).toMatch(/[.?]$/);
    }
  }
});

it('checks nothing that it does not know', () => {
  const text = readFileSync(new URL('unknown-column.txt', FOLDER), 'utf8');
  expect(validateRules(text, parseRules(text), {})).toEqual([]);
});

it('tells an error behind any number of warnings', () => {
  const rule = (i: number, when: string) =>
    `rule r_${i} "R" severity low effect review for each actor_id in any 1 hour when ${when}\n`;
  const text = Array.from({ length: 500 }, (_, i) => rule(i, i === 499 ? 'count() < 1' : 'count() >= 0')).join('');
  const found = validateRules(text, parseRules(text), VOCABULARY, DAY);
  expect(found.length).toBe(201);
  expect(found.at(-1)).toMatchObject({ code: 'never-true', severity: 'error' });
});
