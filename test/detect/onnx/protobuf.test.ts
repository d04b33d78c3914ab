import { describe, expect, it } from 'vitest';
import {
  encode,
  float32,
  floats,
  integer,
  integers,
  message,
  text,
  texts,
} from '../../../core/detect/onnx/protobuf.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('protobuf', () => {
  // The first three are the examples of the encoding guide of protobuf.dev.
  it.each([
    ['an integer', encode(integer(1, 150)), '089601'],
    ['a text', encode(text(2, 'testing')), '120774657374696e67'],
    ['a message', encode(message(3, integer(1, 150))), '1a03089601'],
    ['packed integers', encode(integers(6, [3, 270, 86942])), '3206038e029ea705'],
    ['an integer beyond 32 bits', encode(integer(1, 2 ** 40)), '08808080808020'],
    ['a float', encode(float32(2, 1.5)), '150000c03f'],
    ['packed floats', encode(floats(7, [1, -2])), '3a080000803f000000c0'],
    ['repeated texts', encode(texts(9, ['a', 'bc'])), '4a01614a026263'],
    ['nothing', encode(), ''],
  ])('writes %s', (_, bytes, expected) => {
    expect(hex(bytes)).toBe(expected);
  });

  it('writes a million texts as well', () => {
    expect(
      encode(
        texts(
          1,
          Array.from({ length: 1e6 }, () => 'x'),
        ),
      ).length,
    ).toBe(3e6);
  });
});
