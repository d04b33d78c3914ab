import { expect, test } from 'vitest';

import { csvCell, csvText, fromInertCell } from '../../core/api/csv.ts';

test.each([
  ['plain', 'plain'],
  ['a,"b"', '"a,""b"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\n=1', '"\'\n=1"'],
  ['＝1＋1', "'＝1＋1"],
  ['\u001b[31mred\u0007', String.raw`\x1b[31mred\x07`],
  ['\u009b31m\u007f\0', String.raw`\x9b31m\x7f\x00`],
  ['naïve 👩‍🔬 شركة', 'naïve 👩‍🔬 شركة'],
])('a cell is inert and reads as before (case %#)', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test.each(['=1', '＝1', '\n-1', '@a', "'quoted'", "it's"])('%j comes back from its cell', (value) => {
  const cell = csvCell(value);
  expect(fromInertCell(cell.startsWith('"') ? cell.slice(1, -1) : cell)).toBe(value);
});

test('numbers stay numbers, negative ones too, and nothing is an empty cell', () => {
  expect(csvText(['a', 'b'], [[-1.5, null]])).toBe('a,b\n-1.5,\n');
});
