import { looksLikeIdentifier } from '../anonymize/identifier-like.ts';

const MOST = 64;
/** More digits than a count, a size or an amount has. */
const LONG_NUMBER = /\d{10}/u;
const NUMBER = /^[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?$/u;

/** The shape of a value: letters as `a` and `A`, digits as `0`, all else as it stands, at most 64 characters. */
export const shapeOf = (value: string): string =>
  cut(value)
    .replaceAll(/\p{Lu}/gu, 'A')
    .replaceAll(/[\p{L}\p{M}]/gu, (letter) => (letter === 'A' ? letter : 'a'))
    .replaceAll(/\p{N}/gu, '0');

const cut = (value: string): string => {
  const characters = Array.from(value);
  return characters.length > MOST ? `${characters.slice(0, MOST - 1).join('')}…` : value;
};

/** How the values of a field are shown: `open` by the user's own policy; `shapes`; or what they must be to be shown plain. */
export type Showing =
  | { readonly as: 'open' | 'shapes' }
  | { readonly as: 'numbers' }
  /** `shown` is undefined for what is no time. */
  | { readonly as: 'times'; readonly shown: (value: string) => string | undefined }
  /** `common` are those that occur more than once. */
  | { readonly as: 'categories'; readonly common: ReadonlySet<string> };

/** A value as the preview shows it. What does not fit its field is shown as a shape. */
export const showValue = (value: string, showing: Showing): string => {
  switch (showing.as) {
    case 'open':
      return cut(value);
    case 'shapes':
      return shapeOf(value);
    case 'numbers':
      return NUMBER.test(value.trim()) && !LONG_NUMBER.test(value) ? cut(value) : shapeOf(value);
    case 'times':
      return cut(showing.shown(value) ?? shapeOf(value));
    case 'categories':
      return showing.common.has(value) && !looksLikeIdentifier(value) ? cut(value) : shapeOf(value);
  }
};
