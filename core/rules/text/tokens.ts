import type { Diagnostic } from '../schema.ts';
import { hiddenIn } from './hidden.ts';

export type Token = {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'date' | 'duration' | 'symbol' | 'unknown' | 'end';
  readonly from: number;
  readonly length: number;
  /** What a `name` or `text` says, without quotes and escapes; all others as they are written. */
  readonly value: string;
  /** Whether nothing but blanks stands before it on its line. */
  readonly startsLine: boolean;
};

/** The words of a text of rules, without blanks and comments, and what cannot be read of them. The last one is `end`. */
export const tokensOf = (
  text: string,
): { readonly tokens: readonly Token[]; readonly faults: readonly Diagnostic[] } => {
  const tokens: Token[] = [];
  const faults: Diagnostic[] = hiddenIn(text, MOST_HIDDEN).map(({ from, length }) => hiddenFault(text, from, length));
  let startsLine = true;
  let from = text.startsWith('\ufeff') ? 1 : 0;
  while (from < text.length) {
    const blank = matchAt(BLANK, text, from);
    if (blank !== undefined) {
      startsLine ||= blank.includes('\n') || blank.includes('\r');
      from += blank.length;
      continue;
    }
    const token = quotedAt(text, from, startsLine, faults) ?? plainAt(text, from, startsLine);
    tokens.push(token);
    from += token.length;
    startsLine = false;
  }
  tokens.push({ kind: 'end', from: text.length, length: 0, value: '', startsLine: true });
  return { tokens, faults };
};

/** Hidden characters that are reported: a binary file has millions. */
const MOST_HIDDEN = 20;

// Comments count as blanks. Hidden characters were reported; whatever blank is left may stand between words.
const BLANK = /(?:[\s\ufeff]|#[^\n\r]*)+/y;
const PLAIN: readonly (readonly [Token['kind'], RegExp])[] = [
  ['date', /\d{4}-\d\d-\d\d(?!\d)/y],
  ['duration', /\d+[smhd](?![A-Za-z0-9_])/y],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['word', /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy],
  ['symbol', /[<>!=]=|<>|[=<>(),]/y],
];

const matchAt = (pattern: RegExp, text: string, from: number): string | undefined => {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0];
};

const plainAt = (text: string, from: number, startsLine: boolean): Token => {
  for (const [kind, pattern] of PLAIN) {
    const value = matchAt(pattern, text, from);
    if (value !== undefined) return { kind, from, length: value.length, value, startsLine };
  }
  const value = String.fromCodePoint(text.codePointAt(from) ?? 0);
  return { kind: 'unknown', from, length: value.length, value, startsLine };
};

/** A text in double quotes or a name in backticks; without its end it goes to the end of the line. */
const quotedAt = (text: string, from: number, startsLine: boolean, faults: Diagnostic[]): Token | undefined => {
  const quote = text[from];
  if (quote !== '"' && quote !== '`') return undefined;
  const kind = quote === '"' ? 'text' : 'name';
  let value = '';
  let i = from + 1;
  while (i < text.length && text[i] !== quote && text[i] !== '\n' && text[i] !== '\r') {
    if (text[i] !== '\\') {
      value += text[i];
      i += 1;
      continue;
    }
    const escape = matchAt(ESCAPE, text, i);
    if (escape === undefined) {
      faults.push({ ...BAD_ESCAPE, from: i, length: Math.min(2, text.length - i) });
      i += 1;
    } else {
      value += escape.length === 2 ? (UNESCAPED[escape.slice(1)] ?? escape.slice(1)) : unitOf(escape);
      i += escape.length;
    }
  }
  const isWhole = text[i] === quote;
  if (!isWhole) faults.push({ ...UNFINISHED, from, length: i - from });
  return { kind, from, length: i - from + (isWhole ? 1 : 0), value, startsLine };
};

const ESCAPE = /\\(?:["\\/`bfnrt]|u[0-9a-fA-F]{4})/y;
const UNESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const unitOf = (escape: string): string => String.fromCharCode(Number.parseInt(escape.slice(2), 16));

const BAD_ESCAPE = {
  code: 'bad-escape',
  severity: 'error',
  message: 'This escape is not known.',
  hint: 'Write \\\\ for a backslash, \\" for a quote, \\n for a new line, \\u0041 for any character.',
} as const;

const UNFINISHED = {
  code: 'unfinished-text',
  severity: 'error',
  message: 'This text does not end on its line.',
  hint: 'Close it with the quote it begins with; write \\n for a new line inside it.',
} as const;

const hiddenFault = (text: string, from: number, length: number): Diagnostic => {
  const point = (text.codePointAt(from) ?? 0).toString(16).padStart(4, '0');
  const written = Array.from(
    { length },
    (_, i) =>
      `\\u${text
        .charCodeAt(from + i)
        .toString(16)
        .padStart(4, '0')}`,
  );
  return {
    code: 'hidden-character',
    severity: 'error',
    message: `Here stands a character that cannot be seen (U+${point.toUpperCase()}).`,
    hint: `Remove it; where a text needs it, write ${written.join('')}.`,
    from,
    length,
  };
};
