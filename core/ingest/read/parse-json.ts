/** Texts and numbers of a JSON document. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gu;
/** A double gives back every whole number of fewer digits. */
const MANY = 16;
const WHOLE = /^-?[1-9]\d{15,}$/u;

/**
 * As `JSON.parse`, but a whole number whose digits a double does not give back becomes the text of its digits: two ids that differ
 * in the last digit stay two. Throws `SyntaxError`.
 */
export const parseJson = (text: string): unknown =>
  JSON.parse(hasManyDigits(text) ? text.replace(TOKENS, withAllDigits) : text);

const withAllDigits = (token: string): string =>
  WHOLE.test(token) && String(Number(token)) !== token ? `"${token}"` : token;

/** Whether so many digits stand in a row. Such a row covers a place that is a multiple of their number: no other is looked at. */
const hasManyDigits = (text: string): boolean => {
  for (let at = MANY - 1; at < text.length; at += MANY) {
    if (!isDigit(text, at)) continue;
    let from = at;
    let to = at + 1;
    while (isDigit(text, from - 1)) from--;
    while (isDigit(text, to)) to++;
    if (to - from >= MANY) return true;
  }
  return false;
};

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at); // NaN beyond the ends
  return code >= 48 && code <= 57;
};
