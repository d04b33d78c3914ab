import { LIMITS } from '../form/limits.ts';
import type { Diagnostic, Rule } from '../schema.ts';
import { fault, isWord, peek, take, want, type Cursor, type RuleSpans } from './cursor.ts';
import { shown } from './hidden.ts';
import { didYouMean } from './near.ts';
import { readRule } from './read-rule.ts';
import { tokensOf } from './tokens.ts';

export type ParsedRules = {
  /** Null when there is an error. */
  readonly rules: readonly Rule[] | null;
  /** The rules that could be read, whatever is wrong elsewhere: what validators look at. `spans` counts these. */
  readonly readable: readonly Rule[];
  readonly diagnostics: readonly Diagnostic[];
  readonly spans: RuleSpans;
};

/**
 * Reads rules from their text form (docs/rules.md). All faults are found in one pass, at most `MOST_FAULTS`, in the order
 * of the text. Nothing is thrown, whatever the text is.
 */
export const parseRules = (text: string): ParsedRules => {
  if (text.length > LIMITS.fileLength) {
    const hint = `Rules have at most ${LIMITS.fileLength} characters: split the file.`;
    const diagnostic = { code: 'too-long', severity: 'error', message: 'This is too long.', hint } as const;
    return { rules: null, readable: [], diagnostics: [{ ...diagnostic, from: 0, length: 0 }], spans: new Map() };
  }
  const { tokens, faults } = tokensOf(text);
  const c: Cursor = { tokens, at: 0, faults: faults.slice(0, MOST_FAULTS), spans: new Map(), wants: [], isOver: false };
  const readable = readAll(c);
  const diagnostics = c.faults.sort((a, b) => a.from - b.from || a.length - b.length).slice(0, MOST_FAULTS);
  return { rules: diagnostics.length > 0 ? null : readable, readable, diagnostics, spans: c.spans };
};

export const MOST_FAULTS = 50;
const JSON_FORM = 'This looks like the JSON form: give the file the ending .json.';

/** Reads rule after rule; also what completion runs. */
export const readAll = (c: Cursor): readonly Rule[] => {
  const rules: Rule[] = [];
  let isFirst = true;
  while (c.faults.length < 2 * MOST_FAULTS) {
    want(c, { kind: 'rule' });
    if (peek(c).kind === 'end') break;
    if (isWord(c, 'rule')) {
      if (rules.length === LIMITS.rules) {
        fault(c, 'too-many', 'There are too many rules.', `A file holds at most ${LIMITS.rules}.`);
        break;
      }
      const rule = readRule(c, String(rules.length));
      if (rule !== undefined) rules.push(rule);
    } else {
      if (isFirst) {
        const { value } = peek(c);
        const hint =
          value === '{' ? JSON_FORM : didYouMean(value, ['rule'], 'A rule begins with rule many_likes "Many likes".');
        fault(c, 'unknown-word', `Here ${shown(value)} does not belong.`, hint, peek(c));
      }
      do take(c);
      while (peek(c).kind !== 'end' && !(isWord(c, 'rule') && peek(c).startsLine));
    }
    isFirst = false;
  }
  return rules;
};
