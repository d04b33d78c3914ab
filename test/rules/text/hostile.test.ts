import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readRuleFile } from '../../../core/rules/form/read-rule-file.ts';
import { writeRuleFile } from '../../../core/rules/form/write-rule-file.ts';
import { completeAt } from '../../../core/rules/text/complete.ts';
import { MOST_FAULTS, parseRules } from '../../../core/rules/text/parse-rules.ts';
import { printRule } from '../../../core/rules/text/print-rule.ts';
import { showDiagnostic } from '../../../core/rules/text/show-diagnostic.ts';
import { validateRules } from '../../../core/rules/validate/validate.ts';
import { anyRule } from '../form/arbitrary.ts';
import { DAY, VOCABULARY } from '../validate/vocabulary.ts';

const MB = 990_000;
const RULE = 'rule a "A"\n  severity low\n  effect review\n  for each actor_id\n';

describe('texts that were made to break the parser', () => {
  it.each([
    ['10 MB of brackets', '('.repeat(10_000_000), 'too-long'],
    ['brackets', '('.repeat(MB), 'unknown-word'],
    ['open brackets in a filter', `${RULE}over events where ${'('.repeat(MB)}`, 'too-deep'],
    ['closed brackets in a filter', `${RULE}over events where a = 1${')'.repeat(MB)}`, 'unknown-word'],
    ['not in a filter', `${RULE}when count(where ${'not '.repeat(MB / 4)}`, 'too-deep'],
    ['a long filter', `${RULE}over events where ${'a = 1 or '.repeat(MB / 10)}a = 1`, 'too-many'],
    ['a long list', `${RULE}over events where a in (${'"x",'.repeat(MB / 5)}"x")`, 'too-many'],
    ['conditions', `${RULE}when ${'count() >= 1 and '.repeat(MB / 18)}count() >= 1`, 'too-many'],
    [
      'exclusions',
      `${RULE}when count() >= 3\n${'except where a = 1 owner "b" until 2027-01-01 because "c"\n'.repeat(21)}`,
      'too-many',
    ],
    ['rules', `${RULE}when count() >= 3\n`.repeat(1001), 'too-many'],
    ['NUL bytes', '\0'.repeat(MB), 'hidden-character'],
    ['lone surrogates', '\ud800'.repeat(MB), 'hidden-character'],
    ['a NUL byte in a text', 'rule a "b\0c"', 'hidden-character'],
    ['backslashes', `rule a "${'\\'.repeat(MB)}`, 'unfinished-text'],
    ['a long word', 'a'.repeat(MB), 'unknown-word'],
    ['a long number', `${RULE}when count() >= ${'1'.repeat(MB / 2)}`, 'too-large'],
    ['a long text', `rule a "${'x'.repeat(MB)}"`, 'too-long'],
    [
      'names of prototypes',
      `${RULE}constructor\n__proto__\nwhen toString() >= 3\n and hasOwnProperty(a) = 2`,
      'unknown-word',
    ],
    ['nothing but a word', 'rule', 'bad-name'],
  ])('%s', (_, text, code) => {
    const { rules, diagnostics } = parseRules(text);
    expect(rules).toBeNull();
    expect(diagnostics.map((each) => each.code)).toContain(code);
    expect(diagnostics.length).toBeLessThanOrEqual(MOST_FAULTS);
    for (const each of diagnostics) expect(showDiagnostic(text, each, 'x.rules').length).toBeLessThan(2500);
  });

  it.each(['', '  \n\t', '# only a comment', '\ufeff'])('%j holds no rule, and no fault', (text) => {
    expect(parseRules(text)).toMatchObject({ rules: [], diagnostics: [] });
  });
});

/** A rule with something cut out, put in, or doubled. */
const damaged = fc
  .tuple(
    anyRule,
    fc.nat(),
    fc.nat({ max: 30 }),
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('"', '(', ')', 'and', 'rule', '\\', '`', '#', '\n'),
    ),
  )
  .map(([rule, place, cut, put]) => {
    const text = printRule(rule);
    const at = place % (text.length + 1);
    return text.slice(0, at) + put + text.slice(at + cut);
  });

it('whatever the text is: no exception, faults inside the text, and what is read can be written', () => {
  fc.assert(
    fc.property(damaged, (text) => {
      const parsed = parseRules(text);
      expect(parsed.rules === null).toBe(parsed.diagnostics.length > 0);
      for (const each of [...parsed.diagnostics, ...validateRules(text, parsed, VOCABULARY, DAY)]) {
        expect(each.from).toBeGreaterThanOrEqual(0);
        expect(each.from + each.length).toBeLessThanOrEqual(text.length);
        expect(typeof each.hint).toBe('string');
        // A shown diagnostic is lines of visible characters.
        expect(showDiagnostic(text, each, 'x.rules').replaceAll('\n', ' ')).not.toMatch(
          /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u,
        );
      }
      expect(readRuleFile(writeRuleFile(parsed.readable)).rules).toEqual(parsed.readable);
    }),
    { numRuns: 1500 },
  );
});

it('completes at every place of any text without an exception', () => {
  fc.assert(
    fc.property(damaged, fc.nat(), (text, place) => {
      const offset = place % (text.length + 1);
      const { from, options } = completeAt(text, offset, VOCABULARY);
      expect(from).toBeLessThanOrEqual(offset);
      expect(from).toBeGreaterThanOrEqual(0);
      const typed = text.slice(from, offset).toLowerCase();
      for (const { insert } of options) expect(insert.toLowerCase().startsWith(typed)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
