import { CHUNK_LENGTH, FEWEST_AHEAD, oncePerChunk, type Chunk } from './chunk.ts';
import { createInterner, type Interner } from './interner.ts';
import { PACKED_WORDS, type PackedTexts } from './packed-texts.ts';

/** Values of a column: texts (null: missing), numbers (NaN: missing), or of some rows the one and of some the other. */
export type Values = {
  readonly texts: readonly (string | null)[] | null;
  readonly packed: PackedTexts | null;
  readonly numbers: Float64Array | null;
};

/** Of a column that is not there. */
export const NO_VALUES: Values = { texts: null, packed: null, numbers: null };

/** A column as the rules read it: a value for each event of the chunk, worked out when it is asked for first. */
export type Field = {
  readonly name: string;
  readonly interner: Interner;
  /** The code of a text that filters compare with: 0, 1, 2 …. */
  codeOf(literal: string): number;
  /** How many codes there are. */
  codeCount(): number;
  /** The code of the text; −1 where no filter compares with it. */
  codes(): Int32Array;
  /** The number; NaN where it is missing or a text. */
  numbers(): Float64Array;
  /** 1 where there is a text or a number. */
  present(): Uint8Array;
  /** The number of the text (of a number, its shortest decimal) in `interner`, at some places; −1 where it is missing. */
  ids(places: Int32Array, count: number): Int32Array;
  /** The text at a place, whose number was asked for, is used. */
  use(place: number): void;
};

/** A field that reads the values it is bound to. */
export type BoundField = Field & {
  values: Values;
  /** Tells the interner what was used of the chunk: once for each event, however many rules used it. */
  settle(): void;
};

const UNKNOWN = -2;

export const createField = (name: string, chunk: Chunk, seed: number, values: Values): BoundField => {
  const interner = createInterner(seed);
  let codeCount = 0;
  const { keys } = interner;
  /** Where the texts stand that are looked for, and their numbers. */
  const askedPlaces = new Int32Array(CHUNK_LENGTH);
  const askedIds = new Int32Array(CHUNK_LENGTH);

  // hot: rows lie inside the columns, and places inside the chunk, here and below
  const textAt = (place: number): string | null => {
    const { texts: all } = field.values;
    return all === null ? null : (all[chunk.rows[place]!] ?? null);
  };
  /** Whether there is a packed text. */
  const isPackedAt = (place: number): boolean => {
    const { packed } = field.values;
    return packed !== null && packed[chunk.rows[place]! * PACKED_WORDS]! >= 0;
  };
  const numberAt = (place: number): number => {
    const { numbers } = field.values;
    return numbers === null ? Number.NaN : numbers[chunk.rows[place]!]!;
  };
  const decimalAt = (place: number): string | null => {
    if (field.values.numbers === null) return null;
    const value = numberAt(place);
    return Number.isNaN(value) ? null : String(value);
  };
  const texts = Array<string | null>(CHUNK_LENGTH).fill(null);
  /** Where what was read ahead goes, so that reading it is not left out. */
  const ahead = new Int32Array(1);
  /** Asks for the texts at the first of the asked places; numbers are texts too where that is said. */
  const askFor = (count: number, withNumbers: boolean): void => {
    const { packed } = field.values;
    const plainAt = (place: number): string | null => textAt(place) ?? (withNumbers ? decimalAt(place) : null);
    if (packed !== null) {
      for (let n = 0; n < count; n++) {
        const place = askedPlaces[n]!;
        if (isPackedAt(place)) keys.preparePacked(packed, chunk.rows[place]! * PACKED_WORDS, n);
        else keys.prepare(plainAt(place), n);
      }
      return;
    }
    for (let n = 0; n < count; n++) texts[n] = plainAt(askedPlaces[n]!);
    let sum = 0;
    if (count >= FEWEST_AHEAD) for (let n = 0; n < count; n++) sum += texts[n]?.length ?? 0;
    ahead[0] = sum; // all at once: one after the other each would be waited for
    for (let n = 0; n < count; n++) keys.prepare(texts[n]!, n);
  };
  const used = new Uint8Array(CHUNK_LENGTH);
  let isUsed = false;
  /** What filters found of the chunk with this stamp. */
  const found = new Int32Array(CHUNK_LENGTH);
  let foundAt = -1;
  const unknown = oncePerChunk(chunk, new Int32Array(CHUNK_LENGTH), (ids) => ids.fill(UNKNOWN, 0, chunk.length));

  const field: BoundField = {
    name,
    interner,
    values,
    codeOf: (literal) => {
      const id = interner.idOf(literal);
      if (interner.code(id) < 0) interner.setCode(id, codeCount++);
      return interner.code(id);
    },
    codeCount: () => codeCount,
    codes: oncePerChunk(chunk, new Int32Array(CHUNK_LENGTH), (codes) => {
      for (let i = 0; i < chunk.length; i++) askedPlaces[i] = i;
      askFor(chunk.length, false);
      interner.findAll(chunk.length, found);
      foundAt = chunk.stamp;
      for (let i = 0; i < chunk.length; i++) codes[i] = found[i]! < 0 ? -1 : interner.code(found[i]!);
    }),
    numbers: oncePerChunk(chunk, new Float64Array(CHUNK_LENGTH), (numbers) => {
      for (let i = 0; i < chunk.length; i++) numbers[i] = numberAt(i);
    }),
    present: oncePerChunk(chunk, new Uint8Array(CHUNK_LENGTH), (present) => {
      for (let i = 0; i < chunk.length; i++)
        present[i] = isPackedAt(i) || textAt(i) !== null || !Number.isNaN(numberAt(i)) ? 1 : 0;
    }),
    ids: (places, count) => {
      const ids = unknown();
      let asked = 0;
      for (let i = 0; i < count; i++) {
        const place = places[i]!;
        if (ids[place] !== UNKNOWN) continue;
        if (foundAt === chunk.stamp && found[place]! >= 0) {
          ids[place] = found[place]!;
          continue;
        }
        askedPlaces[asked++] = place;
      }
      askFor(asked, true);
      interner.idsOf(asked, askedIds);
      for (let i = 0; i < asked; i++) ids[askedPlaces[i]!] = askedIds[i]!;
      return ids;
    },
    use: (place) => {
      used[place] = 1;
      isUsed = true;
    },
    settle: () => {
      if (!isUsed) return;
      isUsed = false;
      const ids = unknown();
      for (let i = 0; i < chunk.length; i++) {
        if (used[i] === 0) continue;
        used[i] = 0;
        interner.use(ids[i]!, chunk.times[i]!);
      }
    },
  };
  return field;
};
