/** Cells of a terminal that a text takes: two for East Asian wide characters and emoji, none for combining marks. */
export const displayWidth = (text: string): number => {
  let cells = 0;
  for (const character of text) cells += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return cells;
};

const NONE = /^(?:\p{Mn}|\p{Me}|\u200d)$/u;
// Scripts and blocks that UAX #11 gives the width W or F.
const WIDE =
  /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])$/u;
