/** Records of a piece of CSV text, fields unquoted (RFC 4180; a doubled quote is a quote). At most `limit` records. */
export const csvRecords = (
  text: string,
  delimiter: string,
  quote: string,
  limit: number,
): readonly (readonly string[])[] => {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length && records.length < limit) {
    const [field, next] =
      text[at] === quote ? quotedField(text, at, delimiter, quote) : plainField(text, at, delimiter);
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

const plainField = (text: string, from: number, delimiter: string): readonly [field: string, next: number] => {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
  return [text.slice(from, at), at];
};

const quotedField = (
  text: string,
  from: number,
  delimiter: string,
  quote: string,
): readonly [field: string, next: number] => {
  let field = '';
  let at = from + 1;
  for (;;) {
    const close = text.indexOf(quote, at);
    if (close < 0) return [field + text.slice(at), text.length];
    field += text.slice(at, close);
    at = close + 1;
    if (text[at] !== quote) break;
    field += quote;
    at++;
  }
  const [rest, next] = plainField(text, at, delimiter);
  return [field + rest, next];
};
