/**
 * Records of a piece of CSV text, fields unquoted (RFC 4180; a doubled quote is a quote). At most `limit` records. As where the
 * file is read, a CR alone ends a record only where no line ends otherwise. `onOpenQuote` is told of a quote that nothing closes:
 * all that follows it is one field.
 */
export const csvRecords = (
  text: string,
  delimiter: string,
  quote: string,
  limit: number,
  onOpenQuote: () => void = () => undefined,
): readonly (readonly string[])[] => {
  const endsAtCr = !text.includes('\n');
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length && records.length < limit) {
    const [field, next] =
      text[at] === quote
        ? quotedField(text, at, delimiter, quote, endsAtCr, onOpenQuote)
        : plainField(text, at, delimiter, endsAtCr);
    record.push(field);
    at = next;
    if (text[at] === delimiter && at < text.length) {
      at++;
      if (at === text.length) record.push('');
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  }
  if (record.length > 0 && records.length < limit) records.push(record);
  return records;
};

const plainField = (
  text: string,
  from: number,
  delimiter: string,
  endsAtCr: boolean,
): readonly [field: string, next: number] => {
  const isLineEnd = (at: number): boolean =>
    text[at] === '\n' || (text[at] === '\r' && (endsAtCr || text[at + 1] === '\n'));
  let at = from;
  while (at < text.length && text[at] !== delimiter && !isLineEnd(at)) at++;
  return [text.slice(from, at), at];
};

const quotedField = (
  text: string,
  from: number,
  delimiter: string,
  quote: string,
  endsAtCr: boolean,
  onOpenQuote: () => void,
): readonly [field: string, next: number] => {
  let field = '';
  let at = from + 1;
  for (;;) {
    const close = text.indexOf(quote, at);
    if (close < 0) {
      onOpenQuote();
      return [field + text.slice(at), text.length];
    }
    field += text.slice(at, close);
    at = close + 1;
    if (text[at] !== quote) break;
    field += quote;
    at++;
  }
  const [rest, next] = plainField(text, at, delimiter, endsAtCr);
  return [field + rest, next];
};
