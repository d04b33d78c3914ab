/**
 * How a node with a cut of two columns lies in memory, in words of four bytes: two coefficients, where the values of two
 * columns lie in a row (FIRST, SECOND, in bytes), the threshold (LIMIT), and twice the place of the left child, in bytes,
 * plus 1 where a missing value goes right (NEXT). The right child is the next node; a leaf leads to itself.
 */
export const NODE_WORDS = 6;
export const FIRST = 2;
export const SECOND = 3;
export const LIMIT = 4;
export const NEXT = 5;
export const WORD_BYTES = 4;
