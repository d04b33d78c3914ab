import fc from 'fast-check';
import { expect, it } from 'vitest';

import { filtersOf, nodesOf } from '../../../core/rules/form/filters-of.ts';
import { readRuleFile } from '../../../core/rules/form/read-rule-file.ts';
import { writeRuleFile } from '../../../core/rules/form/write-rule-file.ts';
import { parseRules } from '../../../core/rules/text/parse-rules.ts';
import { printRule, printRules } from '../../../core/rules/text/print-rule.ts';
import { ruleInWords } from '../../../core/rules/text/in-words.ts';
import { anyRule } from '../form/arbitrary.ts';

const RUNS = { numRuns: 1000 };

it('reads back every rule it prints', () => {
  fc.assert(
    fc.property(anyRule, (rule) => {
      const parsed = parseRules(printRule(rule));
      expect(parsed.diagnostics).toEqual([]);
      expect(parsed.rules).toEqual([rule]);
    }),
    RUNS,
  );
});

it('reads back files of several rules, and prints them the same again', () => {
  fc.assert(
    fc.property(fc.array(anyRule, { maxLength: 4 }), (rules) => {
      const text = printRules(rules);
      const parsed = parseRules(text);
      expect(parsed.rules).toEqual(rules);
      expect(printRules(parsed.rules ?? [])).toBe(text);
    }),
    { numRuns: 300 },
  );
});

it('says the same in JSON as in text', () => {
  fc.assert(
    fc.property(anyRule, (rule) => {
      const file = readRuleFile(writeRuleFile([rule]));
      expect(file.rules).toEqual([rule]);
      expect(writeRuleFile(file.rules)).toBe(writeRuleFile([rule]));
    }),
    RUNS,
  );
});

it('knows where every part stands', () => {
  fc.assert(
    fc.property(anyRule, (rule) => {
      const text = printRule(rule);
      const { spans } = parseRules(text);
      const said = (path: string): string => {
        const span = spans.get(`0.${path}`);
        expect(span, path).toBeDefined();
        return text.slice(span?.from, (span?.from ?? 0) + (span?.length ?? 0));
      };
      expect(said('id')).toBe(rule.id);
      for (const [i, condition] of rule.when.entries()) {
        const firstSeenDefault = condition.kind === 'firstSeen' && condition.op === '>=' && condition.value === 1;
        if ('value' in condition && !firstSeenDefault) {
          expect(Number(said(`when.${i}.value`))).toBe(condition.value);
        }
        if ('feature' in condition) said(`when.${i}.feature`);
      }
      for (const { path, filter } of filtersOf(rule).flatMap(nodesOf)) {
        said(path);
        if ('column' in filter) said(`${path}.column`);
        if ('value' in filter && typeof filter.value === 'number') {
          expect(Number(said(`${path}.value`))).toBe(filter.value);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('prints no character that cannot be seen', () => {
  fc.assert(
    fc.property(anyRule, (rule) => {
      expect(printRule(rule).replaceAll('\n', ' ')).not.toMatch(HIDDEN);
      expect(ruleInWords(rule)).not.toMatch(HIDDEN);
    }),
    { numRuns: 500 },
  );
});

/** Controls, line and paragraph separators, lone surrogates, bidi controls. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

it('takes a unit that looks like a sign of the language for the text it is', () => {
  const text = (unit: string): string =>
    `rule a "A"\n  severity low\n  effect alert\n  for actors\n  when feature(night_share) >= 80 ${unit}\n`;
  for (const unit of ['%', ')', 'and', 'h']) {
    expect(parseRules(text(`"${unit}"`)).rules?.[0]?.when, unit).toEqual([
      { kind: 'feature', feature: 'night_share', op: '>=', value: 80, unit },
    ]);
  }
  expect(parseRules(text('%')).rules).toBeNull();
});
