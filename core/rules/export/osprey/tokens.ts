/** A token of SML, which is a small part of Python; places count from 1. */
export type SmlToken = {
  readonly kind: 'name' | 'number' | 'text' | 'format' | 'sign' | 'newline' | 'end';
  /** The source; for texts what stands between the quotes, as written. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
};

export type SmlFault = {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly file?: string;
};

/** What ends reading: the first fault of syntax. */
export class SmlSyntaxError extends Error {
  readonly fault: SmlFault;

  constructor(message: string, { line, column }: { readonly line: number; readonly column: number }) {
    super(message);
    this.name = 'SmlSyntaxError';
    this.fault = { message, line, column };
  }
}

const SIGN = /^(==|!=|<=|>=|\*\*|\/\/|<<|>>|[=<>+\-*/%&|^~()[\]{},:.;@!])/;
const NUMBER = /^(0[xX][\da-fA-F]+|\d[\d_]*(\.[\d_]*)?([eE][+-]?\d+)?|\.\d[\d_]*([eE][+-]?\d+)?)/;
const NAME = /^[\p{L}_][\p{L}\p{N}_]*/u;

/** Tokens of a file. Inside brackets lines do not end. Throws `SmlSyntaxError`. */
export const smlTokens = (source: string): readonly SmlToken[] => {
  const tokens: SmlToken[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  let depth = 0;
  const place = (): { line: number; column: number } => ({ line, column: at - lineStart + 1 });
  const push = (kind: SmlToken['kind'], text: string, length: number): void => {
    tokens.push({ kind, text, ...place() });
    at += length;
  };
  while (at < source.length) {
    const rest = source.slice(at);
    const sign = rest.charAt(0);
    if (sign === '\n') {
      if (depth === 0 && tokens.length > 0 && tokens.at(-1)?.kind !== 'newline') push('newline', '\n', 1);
      else at++;
      line++;
      lineStart = at;
    } else if (/[ \t\r\f]/.test(sign)) {
      at++;
    } else if (sign === '#') {
      at += rest.indexOf('\n') === -1 ? rest.length : rest.indexOf('\n');
    } else if (/^(?:[rRfFuUbB]|[rR][fF]|[fF][rR])?["']/.test(rest)) {
      readText(rest);
    } else if (NAME.test(rest)) {
      const [name] = NAME.exec(rest) ?? [''];
      push('name', name, name.length);
    } else if (NUMBER.test(rest)) {
      const [number] = NUMBER.exec(rest) ?? [''];
      push('number', number, number.length);
    } else {
      const [found] = SIGN.exec(rest) ?? [];
      if (found === undefined) throw new SmlSyntaxError('a sign that SML does not have', place());
      if ('([{'.includes(found)) depth++;
      if (')]}'.includes(found)) depth = Math.max(0, depth - 1);
      push('sign', found, found.length);
    }
  }
  if (tokens.at(-1)?.kind !== 'newline' && tokens.length > 0) push('newline', '\n', 0);
  push('end', '', 0);
  return tokens;

  function readText(rest: string): void {
    const [prefix = ''] = /^[A-Za-z]*/.exec(rest) ?? [];
    const quote = rest.charAt(prefix.length);
    const triple = rest.startsWith(quote.repeat(3), prefix.length);
    const close = triple ? quote.repeat(3) : quote;
    let i = prefix.length + close.length;
    while (!rest.startsWith(close, i)) {
      if (i >= rest.length || (!triple && rest.charAt(i) === '\n'))
        throw new SmlSyntaxError('a text without its end', place());
      i += rest.charAt(i) === '\\' ? 2 : 1;
    }
    if (/b/i.test(prefix)) throw new SmlSyntaxError('bytes are no values of SML', place());
    const text = rest.slice(prefix.length + close.length, i);
    push(/f/i.test(prefix) ? 'format' : 'text', text, i + close.length);
    const lines = text.split('\n');
    line += lines.length - 1;
    if (lines.length > 1) lineStart = at - close.length - (lines.at(-1)?.length ?? 0);
  }
};
