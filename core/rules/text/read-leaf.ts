import { LIMITS } from '../form/limits.ts';
import type { EventFilter } from '../schema.ts';
import {
  acceptSymbol,
  acceptWord,
  fault,
  isLineOver,
  isWord,
  needSymbol,
  peek,
  spanFrom,
  take,
  want,
} from './cursor.ts';
import type { Cursor, Span } from './cursor.ts';
import { shown } from './hidden.ts';
import type { Places } from './places.ts';
import { readColumn } from './read-name.ts';
import { COMPARE, MEANT, readNumber, readText } from './read-value.ts';

/** One comparison of a column. `!=`, `not in` and `is missing` are the `not` of what they deny. */
export const readLeaf = (c: Cursor, places: Places): EventFilter | undefined => {
  const first = peek(c);
  const column = readColumn(c, null, 'any');
  if (column === undefined) return undefined;
  const spans: Record<string, Span> = { column: spanFrom(c, first) };
  const compared = readCompared(c, column, spans);
  if (compared === undefined) return undefined;
  const { leaf, isDenied } = compared;
  spans[''] = spanFrom(c, first);
  places.set(leaf, spans);
  if (!isDenied) return leaf;
  const denied = { not: leaf };
  places.set(denied, { '': spans[''] });
  return denied;
};

type Compared = { readonly leaf: EventFilter; readonly isDenied: boolean };

const readCompared = (c: Cursor, column: string, spans: Record<string, Span>): Compared | undefined => {
  want(c, { kind: 'comparison' });
  if (acceptWord(c, 'is')) return readPresence(c, column);
  if (isWord(c, 'not') || isWord(c, 'in')) return readList(c, column, spans);
  for (const word of ['in', 'not in']) want(c, { kind: 'word', word });
  const token = peek(c);
  const op = OPERATORS.find((each) => token.kind === 'symbol' && each === token.value);
  if (op === undefined) {
    const isWordy = token.kind === 'word' && INSTEAD_OF.has(token.value);
    const message = isWordy ? `There is no comparison ${shown(token.value)}.` : 'A comparison is missing here.';
    const hint = isWordy ? 'Compare with = or in ("…", "…").' : (MEANT.get(token.value) ?? COMPARE_OR_IN);
    return fault(c, 'missing-comparison', message, hint);
  }
  take(c);
  const valueToken = peek(c);
  const leaf = op === '=' || op === '!=' ? readEqual(c, column) : readOrdered(c, column, op);
  if (leaf === undefined) return undefined;
  spans['value'] = spanFrom(c, valueToken);
  return { leaf, isDenied: op === '!=' };
};

const OPERATORS = ['=', '!=', '>=', '>', '<=', '<'] as const;
const COMPARE_OR_IN = `${COMPARE.slice(0, -1)} or text; or in ("…", "…"), is present, is missing.`;
const INSTEAD_OF = new Set(['like', 'contains', 'matches', 'startswith', 'endswith', 'between', 'starts', 'ends']);

const readPresence = (c: Cursor, column: string): Compared | undefined => {
  const leaf = { column, op: 'present' } as const;
  if (acceptWord(c, 'present')) return { leaf, isDenied: false };
  if (acceptWord(c, 'missing')) return { leaf, isDenied: true };
  return fault(c, 'unknown-word', 'A column is present or missing.', 'Write is present, is missing, or = and a value.');
};

const readEqual = (c: Cursor, column: string): EventFilter | undefined => {
  want(c, { kind: 'value', column });
  const token = peek(c);
  if (token.kind !== 'number' && token.kind !== 'text') {
    const isBare = token.kind === 'word' && !isLineOver(c);
    const hint = isBare
      ? `Texts stand in double quotes: ${shown(token.value)}.`
      : 'Write a number, or a text in double quotes.';
    return fault(c, 'missing-value', 'A value is missing here.', hint);
  }
  const value = token.kind === 'text' ? readText(c, null, 'a value', LIMITS.value, true) : readNumber(c, null, '100');
  return value === undefined ? undefined : { column, op: '=', value };
};

const readOrdered = (c: Cursor, column: string, op: '>=' | '>' | '<=' | '<'): EventFilter | undefined => {
  const value = readNumber(c, null, '100');
  return value === undefined ? undefined : { column, op, value };
};

const readList = (c: Cursor, column: string, spans: Record<string, Span>): Compared | undefined => {
  const isDenied = acceptWord(c, 'not');
  if (!acceptWord(c, 'in')) return fault(c, 'unknown-word', 'Behind "not" stands "in" here.', LIST);
  const open = peek(c);
  if (needSymbol(c, '(', 'A list of values is missing here.', LIST) === undefined) return undefined;
  const values: string[] = [];
  while (!acceptSymbol(c, ')')) {
    if (values.length > 0 && needSymbol(c, ',', 'The list does not go on.', LIST) === undefined) return undefined;
    want(c, { kind: 'value', column });
    const token = peek(c);
    const value = readText(c, null, 'a text', LIMITS.value, true);
    if (value === undefined) return undefined;
    spans[`values.${values.length}`] = spanFrom(c, token);
    values.push(value);
  }
  spans['values'] = spanFrom(c, open);
  if (values.length > LIMITS.values) {
    return fault(c, 'too-many', 'The list is too long.', `At most ${LIMITS.values} texts.`, spanFrom(c, open));
  }
  return { leaf: { column, op: 'in', values }, isDenied };
};

const LIST = 'Write in ("…", "…"): texts in brackets, with commas between them.';
