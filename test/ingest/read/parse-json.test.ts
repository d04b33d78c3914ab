import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../../core/ingest/read/parse-json.ts';

test.each([
  ['9007199254740993', '9007199254740993'],
  ['-9007199254740993', '-9007199254740993'],
  ['9007199254740991', 9_007_199_254_740_991],
  ['[1700000000123456789, 1]', ['1700000000123456789', 1]],
  [
    '{"id":1234567890123456789,"s":"1234567890123456789 \\" 1234567890123456789"}',
    { id: '1234567890123456789', s: '1234567890123456789 " 1234567890123456789' },
  ],
  [
    '{"x":0.12345678901234567,"y":1234567890123456789.5,"z":1234567890123456789e2}',
    { x: Number('0.12345678901234567'), y: Number('1234567890123456789.5'), z: Number('1234567890123456789e2') },
  ],
])('%s keeps its digits', (text, value) => {
  expect(parseJson(text)).toEqual(value);
});

test.each(['01234567890123456789', '12345678901234567890x', '{"a":12345678901234567890', '"1234567890123456789'])(
  '%s is no JSON',
  (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  },
);

test('many digits are seen wherever they stand', () => {
  for (let before = 0; before < 40; before++) {
    expect(parseJson(`${' '.repeat(before)}[9007199254740993,1]`)).toEqual(['9007199254740993', 1]);
  }
});

test.each(['a', '\\n', '1'])('a text of 10 MB beside them is read: %j', (piece) => {
  const text = piece.repeat(1e7 / piece.length);
  const read = parseJson(`{"id":9007199254740993,"t":"${text}"}`);
  expect(JSON.stringify(read) === `{"id":"9007199254740993","t":"${text}"}`).toBe(true);
});

test('everything else is as JSON.parse has it', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text));
      // Beside a long number, which makes it look at each: only that one changes.
      expect(parseJson(`[9007199254740993,${text}]`)).toEqual(['9007199254740993', JSON.parse(text)]);
    }),
  );
});
