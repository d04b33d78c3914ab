import { describe, expect, it } from 'vitest';

import { NightjarError } from '../../core/api/errors.ts';
import { DETECTORS } from '../../core/detect/index.ts';
import { seededRandom, type Random } from '../../core/random/index.ts';
import { matrixOf, normalMatrix } from './tables.ts';

const PREFIX = 12; // the magic and the header's length
const DAMAGES = 80;

/** Numbers that a header may say instead of its own. */
const WRONG = [0, -1, 1, 1.5, 2 ** 16, 2 ** 31, 1e15, -1e15, 1e308];

const headerOf = (bytes: Uint8Array): { readonly header: unknown; readonly body: Uint8Array } => {
  const end = PREFIX + new DataView(bytes.buffer).getUint32(8, true);
  return {
    header: JSON.parse(new TextDecoder().decode(bytes.subarray(PREFIX, end))),
    body: bytes.subarray(Math.ceil(end / 8) * 8),
  };
};

const withHeader = (bytes: Uint8Array, header: unknown, body: Uint8Array): Uint8Array => {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const at = Math.ceil((PREFIX + text.length) / 8) * 8;
  const made = new Uint8Array(at + body.length);
  made.set(bytes.subarray(0, 8));
  new DataView(made.buffer).setUint32(8, text.length, true);
  made.set(text, PREFIX);
  made.set(body, at);
  return made;
};

const pick = <T>(random: Random, list: readonly T[]): T => {
  const chosen = list[random.int(list.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
};

/** The header with one of its values, wherever it lies, made another or taken away. */
const disturbed = (header: unknown, random: Random): unknown => {
  const places: (readonly [Record<string, unknown>, string])[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      places.push([value as Record<string, unknown>, key]);
      walk(inner);
    }
  };
  const copy: unknown = structuredClone(header);
  walk(copy);
  const [owner, key] = pick(random, places);
  const value = owner[key];
  if (random.float() < 0.2) {
    if (Array.isArray(owner)) owner.splice(Number(key), 1);
    else delete owner[key];
  } else if (typeof value === 'number') owner[key] = pick(random, [...WRONG, value + 1, value - 1, 2 * value]);
  else if (Array.isArray(value)) value.push(...value);
  else owner[key] = pick(random, ['', null, 'constructor', 1]);
  return copy;
};

/** A model file with something wrong in it: cut off, another header, or other numbers. */
const damaged = (bytes: Uint8Array, random: Random): Uint8Array => {
  const { header, body } = headerOf(bytes);
  const way = random.float();
  if (way < 0.1) return bytes.slice(0, Math.floor(random.float() * bytes.length));
  if (way < 0.7 || body.length === 0) return withHeader(bytes, disturbed(header, random), body);
  const other = body.slice();
  const at = 8 * Math.floor((random.float() * other.length) / 8);
  other.fill(pick(random, [0, 0x7f, 0x80, 0xff]), at, at + pick(random, [1, 2, 4, 8, 64, other.length]));
  return withHeader(bytes, header, other);
};

describe.each(DETECTORS)('a saved $name that was damaged', (detector) => {
  it('is refused in words, or scores rows and ends', async () => {
    const random = seededRandom(7);
    const matrix = normalMatrix(60, 4, 1);
    const bytes = (await detector.fit(matrix, seededRandom(1), {})).save();
    const rows = matrixOf(4, [...matrix.values.subarray(0, 40), Number.NaN, Infinity, -Infinity, 1e30]);
    let refused = 0;
    for (let i = 0; i < DAMAGES; i++) {
      const file = damaged(bytes, random);
      try {
        const loaded = detector.load(file);
        expect(await loaded.score(rows, {})).toHaveLength(rows.rows);
        expect(await loaded.attribute(rows, {})).toHaveLength(rows.rows * rows.columns);
      } catch (error) {
        if (!(error instanceof NightjarError)) {
          throw new Error(`damage ${i}: ${new TextDecoder().decode(file.subarray(0, 400))}`, { cause: error });
        }
        expect(error.next).not.toBe('');
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(DAMAGES / 4);
  });
});
