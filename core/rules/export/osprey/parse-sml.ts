import { type SmlToken, SmlSyntaxError, smlTokens } from './tokens.ts';

export type Place = { readonly line: number; readonly column: number };

/** A value of SML (Osprey's grammar, `engine/ast/grammar.py`). */
export type SmlExpression = Place &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'format'; readonly text: string; readonly names: readonly string[] }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'boolean' | 'none' }
    | { readonly kind: 'list'; readonly items: readonly SmlExpression[] }
    | SmlCall
    | { readonly kind: 'compare'; readonly op: string; readonly left: SmlExpression; readonly right: SmlExpression }
    | { readonly kind: 'calculate'; readonly op: string; readonly left: SmlExpression; readonly right: SmlExpression }
    | { readonly kind: 'and' | 'or'; readonly parts: readonly SmlExpression[] }
    | { readonly kind: 'not' | 'minus'; readonly part: SmlExpression }
  );

export type SmlCall = Place & {
  readonly kind: 'call';
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly value: SmlExpression }[];
};

export type SmlStatement =
  | (Place & {
      readonly kind: 'assign';
      readonly name: string;
      readonly type: string | undefined;
      readonly value: SmlExpression;
    })
  | SmlCall;

/** Words of Python that can name nothing. */
const RESERVED = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** The statements of an SML file. Throws `SmlSyntaxError` at the first fault. */
export const parseSml = (source: string): readonly SmlStatement[] => {
  const tokens = smlTokens(source);
  let at = 0;
  const peek = (ahead = 0): SmlToken => {
    const token = tokens[at + ahead] ?? tokens.at(-1);
    if (token === undefined) throw new TypeError('a file without tokens');
    return token;
  };
  const fail = (message: string, token = peek()): never => {
    throw new SmlSyntaxError(message, token);
  };
  const isSign = (text: string, ahead = 0): boolean => peek(ahead).kind === 'sign' && peek(ahead).text === text;
  const isWord = (text: string, ahead = 0): boolean => peek(ahead).kind === 'name' && peek(ahead).text === text;
  const take = (): SmlToken => {
    const token = peek();
    at++;
    return token;
  };
  const expect = (text: string): void => {
    if (!isSign(text)) fail(`${text} is missing here`);
    at++;
  };
  const place = ({ line, column }: SmlToken): Place => ({ line, column });
  const identifier = (): SmlToken => {
    const token = peek();
    if (token.kind !== 'name') fail('a name is missing here');
    if (RESERVED.has(token.text)) fail(`${token.text} is a word of the language, not a name`);
    return take();
  };

  const statement = (): SmlStatement => {
    const start = peek();
    if (peek().kind === 'name' && (isSign('=', 1) || isSign(':', 1))) {
      const name = identifier();
      let type: string | undefined;
      if (isSign(':')) {
        at++;
        type = annotation();
      }
      if (!isSign('=')) fail('an assignment needs a value');
      at++;
      return { kind: 'assign', name: name.text, type, value: expression(), ...place(start) };
    }
    const value = expression();
    if (value.kind !== 'call') fail('a value by itself: give it a name, or call a function', start);
    return value.kind === 'call' ? value : fail('unreachable');
  };

  const annotation = (): string => {
    if (isWord('None')) return take().text;
    const name = identifier().text;
    if (!isSign('[')) return name;
    at++;
    const parts = [annotation()];
    while (isSign(',')) {
      at++;
      parts.push(annotation());
    }
    expect(']');
    return `${name}[${parts.join(', ')}]`;
  };

  const expression = (): SmlExpression => chain('or', () => chain('and', negation));
  const chain = (kind: 'and' | 'or', part: () => SmlExpression): SmlExpression => {
    const start = place(peek());
    const parts = [part()];
    while (isWord(kind)) {
      at++;
      parts.push(part());
    }
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : { kind, parts, ...start };
  };
  const negation = (): SmlExpression => {
    if (!isWord('not')) return comparison();
    const start = place(take());
    return { kind: 'not', part: negation(), ...start };
  };
  const comparator = (): string | undefined => {
    if (isWord('in')) return 'in';
    if (isWord('not') && isWord('in', 1)) return 'not in';
    const { kind, text } = peek();
    return kind === 'sign' && ['==', '!=', '<', '<=', '>', '>='].includes(text) ? text : undefined;
  };
  const comparison = (): SmlExpression => {
    const start = place(peek());
    const left = calculation(0);
    const op = comparator();
    if (op === undefined) return left;
    at += op === 'not in' ? 2 : 1;
    const right = calculation(0);
    if (comparator() !== undefined) fail('only two values can be compared: a < b and b < c');
    return { kind: 'compare', op, left, right, ...start };
  };
  const LEVELS = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%']];
  const calculation = (level: number): SmlExpression => {
    const ops = LEVELS[level];
    if (ops === undefined) return unary();
    const start = place(peek());
    let left = calculation(level + 1);
    while (peek().kind === 'sign' && ops.includes(peek().text)) {
      const op = take().text;
      left = { kind: 'calculate', op, left, right: calculation(level + 1), ...start };
    }
    return left;
  };
  const unary = (): SmlExpression => {
    if (!isSign('-')) return power();
    const start = place(take());
    return { kind: 'minus', part: unary(), ...start };
  };
  const power = (): SmlExpression => {
    const start = place(peek());
    const left = primary();
    if (!isSign('**')) return left;
    at++;
    return { kind: 'calculate', op: '**', left, right: unary(), ...start };
  };
  const primary = (): SmlExpression => {
    const token = peek();
    const start = place(token);
    if (token.kind === 'number') return { kind: 'number', text: take().text, ...start };
    if (token.kind === 'text' || token.kind === 'format') return texts();
    if (isSign('(')) {
      at++;
      const value = expression();
      expect(')');
      return value;
    }
    if (isSign('[')) return { kind: 'list', items: items('[', ']', expression), ...start };
    if (isWord('True') || isWord('False')) return { kind: 'boolean', ...place(take()) };
    if (isWord('None')) return { kind: 'none', ...place(take()) };
    if (token.kind !== 'name') fail('a value is missing here');
    const name = qualified();
    if (!isSign('(')) return { kind: 'name', name, ...start };
    return { kind: 'call', name, values: items('(', ')', keyword), ...start };
  };
  const qualified = (): string => {
    const name = identifier().text;
    if (!isSign('.')) return name;
    at++;
    const whole = `${name}.${identifier().text}`;
    if (isSign('.')) fail('attributes are one level deep');
    return whole;
  };
  const keyword = (): { readonly name: string; readonly value: SmlExpression } => {
    if (peek().kind !== 'name' || !isSign('=', 1)) fail('values of a function need their names: f(name=value)');
    const name = identifier().text;
    at++;
    return { name, value: expression() };
  };
  const items = <T>(open: string, close: string, item: () => T): readonly T[] => {
    expect(open);
    const found: T[] = [];
    while (!isSign(close)) {
      found.push(item());
      if (isSign(',')) at++;
      else if (!isSign(close)) fail(`, or ${close} is missing here`);
    }
    at++;
    return found;
  };
  /** Python joins texts that stand side by side. */
  const texts = (): SmlExpression => {
    const start = place(peek());
    let text = '';
    let isFormat = false;
    while (peek().kind === 'text' || peek().kind === 'format') {
      isFormat ||= peek().kind === 'format';
      text += take().text;
    }
    if (!isFormat) return { kind: 'text', text, ...start };
    return { kind: 'format', text, names: interpolated(text, start), ...start };
  };

  const statements: SmlStatement[] = [];
  while (peek().kind !== 'end') {
    if (peek().kind === 'newline' || isSign(';')) {
      at++;
      continue;
    }
    statements.push(statement());
    if (peek().kind !== 'newline' && peek().kind !== 'end' && !isSign(';')) fail('a statement must end here');
  }
  return statements;
};

/** Names in the braces of an f-string; nothing else may stand there. */
const interpolated = (text: string, start: Place): readonly string[] => {
  const names: string[] = [];
  for (const part of text
    .replaceAll('{{', '')
    .replaceAll('}}', '')
    .matchAll(/\{([^}]*)\}?|\}/g)) {
    const name = part[1]?.trim() ?? '';
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) || !part[0].endsWith('}')) {
      throw new SmlSyntaxError('a format text holds names in braces only', start);
    }
    names.push(name);
  }
  return names;
};
