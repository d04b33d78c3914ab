/** A double gives back every whole number of fewer digits. */
const MANY = 16;
const [QUOTE, BACKSLASH, MINUS] = [34, 92, 45];

/**
 * As `JSON.parse`, but a whole number whose digits a double does not give back becomes the text of its digits: two ids that differ
 * in the last digit stay two. Throws `SyntaxError`. Walks by hand: a pattern over a line of 10 MB runs out of stack.
 */
export const parseJson = (text: string): unknown => JSON.parse(hasManyDigits(text) ? withAllDigits(text) : text);

/** The document with such numbers as texts; what stands in quotes is left as it is. */
const withAllDigits = (text: string): string => {
  const parts: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) === QUOTE) {
      at = closingQuote(text, at);
    } else if (isDigit(text, at)) {
      const from = text.charCodeAt(at - 1) === MINUS ? at - 1 : at;
      const end = digitsEnd(text, at);
      const to = numberEnd(text, end);
      if (end === to && end - at >= MANY && text[at] !== '0') {
        const token = text.slice(from, to);
        if (String(Number(token)) !== token) {
          parts.push(text.slice(copied, from), `"${token}"`);
          copied = to;
        }
      }
      at = to - 1;
    }
  }
  return parts.join('') + text.slice(copied);
};

/** Where the text that begins at a quote ends; the end of the document where nothing closes it. */
const closingQuote = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
};

const digitsEnd = (text: string, from: number): number => {
  let at = from;
  while (isDigit(text, at)) at++;
  return at;
};

/** Past a fraction and an exponent: what they belong to is not whole as it is written. */
const numberEnd = (text: string, from: number): number => {
  let at = from;
  while (isDigit(text, at) || '.eE+-'.includes(text.charAt(at) || ' ')) at++;
  return at;
};

/** Whether so many digits stand in a row. Such a row covers a place that is a multiple of their number: no other is looked at. */
const hasManyDigits = (text: string): boolean => {
  for (let at = MANY - 1; at < text.length; at += MANY) {
    if (!isDigit(text, at)) continue;
    let from = at;
    while (isDigit(text, from - 1)) from--;
    if (digitsEnd(text, at) - from >= MANY) return true;
  }
  return false;
};

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at); // NaN beyond the ends
  return code >= 48 && code <= 57;
};
