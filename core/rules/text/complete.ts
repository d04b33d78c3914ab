import { COMPARISONS, SEVERITIES, type Vocabulary } from '../schema.ts';
import type { Cursor, Want } from './cursor.ts';
import { quoted, revealed } from './hidden.ts';
import { readAll } from './parse-rules.ts';
import { printName } from './print-filter.ts';
import { tokensOf, type Token } from './tokens.ts';
import { CALLS, CLAUSES, SEVERITY_SENTENCES } from './words.ts';

export type Completion = { readonly label: string; readonly insert: string; readonly detail: string };
export type Completions = { readonly from: number; readonly options: readonly Completion[] };

/**
 * What could stand at a place of a text: the grammar is asked what it wants where the text before the place ends. `from`
 * is where the word at hand begins, which an option replaces. Nothing inside a comment.
 */
export const completeAt = (text: string, offset: number, vocabulary: Partial<Vocabulary>): Completions => {
  const before = text.slice(Math.max(0, startOfRule(text, offset)), offset);
  const { tokens, faults } = tokensOf(before);
  const last = tokens.at(-2);
  const isUnfinished = faults.some(({ code, from }) => code === 'unfinished-text' && from === last?.from);
  const isOpen = last !== undefined && (isUnfinished || isTyped(last, before));
  const from = isOpen ? last.from : before.length;
  if (isInComment(before, tokens)) return { from: offset, options: [] };
  const end: Token = { kind: 'end', from, length: 0, value: '', startsLine: true };
  const known = isOpen ? [...tokens.slice(0, -2), end] : tokens;
  const c: Cursor = { tokens: known, at: 0, faults: [], spans: new Map(), wants: [], isOver: false };
  readAll(c);
  const typed = before.slice(from).toLowerCase();
  const wants = c.wants.sort((a, b) => placeOf(a) - placeOf(b));
  const options = unique(wants.flatMap((want) => optionsOf(want, vocabulary)));
  return {
    from: offset - (before.length - from),
    options: options.filter(({ insert }) => insert.toLowerCase().startsWith(typed)).slice(0, MOST_OPTIONS),
  };
};

const MOST_OPTIONS = 200;

/** What the case brings comes first, then words that go on, then new parts. */
const placeOf = ({ kind }: Want): number => 1 + ['word', 'clauses', 'rule'].indexOf(kind);

/** Rules before the one at hand do not matter: a long file is completed as fast as a short one. */
const startOfRule = (text: string, offset: number): number => {
  const before = text.slice(0, offset);
  const found = [...before.matchAll(/^[ \t]*rule\b/gm)].at(-1);
  return found === undefined || found.index + found[0].length === offset ? 0 : found.index;
};

/** A word right before the place is still being typed, as is a text or a name that has not ended. */
const isTyped = (last: Token, before: string): boolean =>
  last.kind === 'word' && last.from + last.length === before.length;

const isInComment = (before: string, tokens: readonly Token[]): boolean => {
  const last = tokens.at(-2);
  const rest = before.slice(last === undefined ? 0 : last.from + last.length);
  return /#[^\n\r]*$/.test(rest);
};

const option = (insert: string, detail: string, label = insert): Completion => ({ label, insert, detail });

const optionsOf = (want: Want, vocabulary: Partial<Vocabulary>): readonly Completion[] => {
  switch (want.kind) {
    case 'word':
      return [option(want.word, want.sentence ?? '')];
    case 'clauses':
      return CLAUSES.filter(({ word, isRepeated }) => isRepeated || !want.said.has(word)).flatMap(
        ({ starts, sentence }) => starts.map((start) => option(start, sentence)),
      );
    case 'rule':
      return [option('rule', 'a name, and a title in quotes')];
    case 'call':
      return Object.entries(CALLS).map(([call, detail]) => option(`${call}(`, detail, call));
    case 'severity':
      return SEVERITIES.map((each) => option(each, SEVERITY_SENTENCES[each]));
    case 'comparison':
      return COMPARISONS.map((each) => option(each, COMPARISON_SENTENCES[each]));
    case 'duration':
      return ['1 minute', '10 minutes', '1 hour', '1 day', '7 days', '30 days'].map((each) => option(each, ''));
    case 'column':
      return (vocabulary.columns ?? [])
        .filter(({ type }) => want.of === 'any' || want.of === type)
        .map(({ name, type }) => option(printName(name), type, revealed(name)));
    case 'feature':
      return (vocabulary.features ?? []).map(({ name, sentence, unit }) =>
        option(printName(name), `${revealed(sentence)} (${revealed(unit)})`, revealed(name)),
      );
    case 'value':
      return (vocabulary.values?.get(want.column) ?? []).map((each) => option(quoted(each), '', revealed(each)));
    case 'unit': {
      const unit = vocabulary.features?.find(({ name }) => name === want.feature)?.unit ?? '';
      return unit === '' ? [] : [option(quoted(unit), 'the unit of the feature', revealed(unit))];
    }
  }
};

const COMPARISON_SENTENCES = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'less than',
  '=': 'equal',
} as const;

const unique = (options: readonly Completion[]): readonly Completion[] => [
  ...new Map(options.map((each) => [each.insert, each])).values(),
];
