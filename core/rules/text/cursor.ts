import type { Diagnostic } from '../schema.ts';
import type { Token } from './tokens.ts';

/** Where the parts of rules stand: `0.when.2.value` is the threshold of the third condition of the first rule. */
export type RuleSpans = ReadonlyMap<string, Span>;
export type Span = { readonly from: number; readonly length: number };

/** What could stand at the end of a text: completion is the grammar, asked there. */
export type Want =
  | { readonly kind: 'word'; readonly word: string; readonly sentence?: string }
  | { readonly kind: 'clauses'; readonly said: ReadonlySet<string> }
  | { readonly kind: 'call' | 'feature' | 'severity' | 'duration' | 'comparison' | 'rule' }
  | { readonly kind: 'column'; readonly of: 'text' | 'number' | 'any' }
  | { readonly kind: 'value'; readonly column: string }
  | { readonly kind: 'unit'; readonly feature: string };

/** A place in the words of a text, and what was found on the way. */
export type Cursor = {
  readonly tokens: readonly Token[];
  at: number;
  readonly faults: Diagnostic[];
  readonly spans: Map<string, Span>;
  readonly wants: Want[];
  /** Whether the end was reached where more was needed: nothing further is wanted there. */
  isOver: boolean;
};

export const peek = (c: Cursor): Token => c.tokens[c.at] ?? END;

export const take = (c: Cursor): Token => {
  const token = peek(c);
  if (token.kind !== 'end') c.at += 1;
  return token;
};

/** Notes what could stand here, where the text ends. */
export const want = (c: Cursor, wanted: Want): void => {
  if (peek(c).kind === 'end' && !c.isOver) c.wants.push(wanted);
};

/** Takes a word of the language, where it stands here. */
export const acceptWord = (c: Cursor, word: string, sentence?: string): boolean => {
  want(c, { kind: 'word', word, ...(sentence === undefined ? {} : { sentence }) });
  if (!isWord(c, word)) return false;
  take(c);
  return true;
};

export const isWord = (c: Cursor, word: string): boolean => peek(c).kind === 'word' && peek(c).value === word;

export const acceptSymbol = (c: Cursor, symbol: string): boolean => {
  if (!isSymbol(c, symbol)) return false;
  take(c);
  return true;
};

export const isSymbol = (c: Cursor, symbol: string): boolean => peek(c).kind === 'symbol' && peek(c).value === symbol;

/** Takes a symbol that must stand here; undefined, after a fault, where it does not. */
export const needSymbol = (c: Cursor, symbol: string, message: string, hint: string): true | undefined =>
  acceptSymbol(c, symbol) ? true : fault(c, `missing-${NAMES[symbol] ?? 'symbol'}`, message, hint);

/** Says what is wrong with the word at hand, or with the span. What a line lacks is missing at its end. */
export const fault = (c: Cursor, code: string, message: string, hint: string, span: Span = here(c)): undefined => {
  if (peek(c).kind === 'end') c.isOver = true;
  c.faults.push({ code, severity: 'error', message, hint, from: span.from, length: span.length });
};

/** Whether the line that was being read goes on: what stands in the next line was not meant for it. */
export const isLineOver = (c: Cursor): boolean => c.at > 0 && peek(c).startsLine;

const here = (c: Cursor): Span => {
  const last = c.tokens[c.at - 1];
  return isLineOver(c) && last !== undefined ? { from: last.from + last.length, length: 0 } : peek(c);
};

/** Goes on to the next line that can begin a part of a rule, or with one of the words. */
export const skipToPart = (c: Cursor, words: readonly string[] = []): void => {
  for (let token = peek(c); token.kind !== 'end'; token = peek(c)) {
    if (token.startsLine && token.kind === 'word' && (!GO_ON.has(token.value) || words.includes(token.value))) return;
    take(c);
  }
};

/** Notes that a part stands from a token to the one before this place. A part without a path is not noted. */
export const mark = (c: Cursor, path: string | null, first: Token): void => {
  if (path !== null) c.spans.set(path, spanFrom(c, first));
};

/** From a token to the end of the one before this place. */
export const spanFrom = (c: Cursor, first: Token): Span => {
  const last = c.tokens[c.at - 1] ?? first;
  return { from: first.from, length: Math.max(first.length, last.from + last.length - first.from) };
};

/** Words that begin lines which go on with what the line before them began. */
const GO_ON: ReadonlySet<string> = new Set('and or not where then among to owner until because is'.split(' '));
const END: Token = { kind: 'end', from: 0, length: 0, value: '', startsLine: true };
const NAMES: Readonly<Record<string, string>> = { '(': 'bracket', ')': 'bracket', ',': 'comma' };
