import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPseudonymiser, TOKEN_LENGTH } from '../../core/anonymize/pseudonym.ts';

const tokens = (key: Uint8Array): ((value: string) => string) => {
  const pseudonymise = createPseudonymiser(key);
  return (value) => Buffer.from(pseudonymise(Buffer.from(value))).toString();
};

const golden = z
  .object({ key: z.string(), tokens: z.array(z.tuple([z.string(), z.string()])) })
  .parse(JSON.parse(readFileSync(new URL('../golden/pseudonym.json', import.meta.url), 'utf8')));

describe('pseudonyms', () => {
  it('are HMAC-SHA-256 as the standard library of another language computes it', () => {
    const pseudonymise = tokens(Buffer.from(golden.key, 'hex'));
    expect(golden.tokens.map(([value]) => pseudonymise(value))).toEqual(golden.tokens.map(([, token]) => token));
  });

  it('keep equal inputs equal and others apart, under one key', () => {
    const pseudonymise = tokens(new Uint8Array(32).fill(7));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(pseudonymise(a) === pseudonymise(b)).toBe(a === b);
      }),
    );
  });

  it('change with the key and never hold what they replace', () => {
    const one = tokens(new Uint8Array(32).fill(1));
    const two = tokens(new Uint8Array(32).fill(2));
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (value) => {
        expect(one(value)).not.toBe(two(value));
        expect(one(value)).toMatch(/^[A-Za-z][A-Za-z0-9]{11}$/u);
        expect(one(value)).toHaveLength(TOKEN_LENGTH);
        expect(one(value)).not.toContain(value);
      }),
    );
  });
});
