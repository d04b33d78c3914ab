import { endianness } from 'node:os';
import { z } from 'zod';
import { NightjarError } from '../api/errors.ts';
import { parsedJson } from '../text/index.ts';

/**
 * A model on disk: `NIGHTJAR`, the header's length as little-endian uint32, a JSON header, zeros up
 * to a multiple of 8, then the arrays it lists, little-endian, each at a multiple of 8.
 */
const MAGIC = new TextEncoder().encode('NIGHTJAR');

type NumericArray = Float64Array | Float32Array | Int32Array | Uint16Array | Uint8Array;

/** The types of array a model may hold. */
export const KINDS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
} as const;

const headerSchema = z.object({
  kind: z.string(),
  version: z.int().positive(),
  meta: z.unknown(),
  arrays: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['float64', 'float32', 'int32', 'uint16', 'uint8']),
      offset: z.int().nonnegative(),
      length: z.int().nonnegative(),
    }),
  ),
});

export type ModelContent = {
  /** What it is a model of, such as `isolationForest`. */
  readonly kind: string;
  /** Version of this kind's layout; raised when an older reader would misread it. */
  readonly version: number;
  /** Anything JSON can hold. */
  readonly meta: unknown;
  readonly arrays: Readonly<Record<string, NumericArray>>;
};

/** The bytes of a model file. */
export const writeModel = (content: ModelContent): Uint8Array => {
  let offset = 0;
  const entries = Object.entries(content.arrays).map(([name, array]) => {
    const entry = { name, type: typeOf(array), offset, length: array.length, array };
    offset += pad8(array.byteLength);
    return entry;
  });
  const header = new TextEncoder().encode(
    JSON.stringify({
      kind: content.kind,
      version: content.version,
      meta: content.meta,
      arrays: entries.map(({ name, type, offset: at, length }) => ({ name, type, offset: at, length })),
    }),
  );
  const body = pad8(MAGIC.length + 4 + header.length);
  const bytes = new Uint8Array(body + offset);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, header.length, true);
  bytes.set(header, MAGIC.length + 4);
  for (const entry of entries) {
    const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT } = entry.array;
    const raw = new Uint8Array(byteLength);
    raw.set(new Uint8Array(buffer, byteOffset, byteLength));
    bytes.set(littleEndian(raw, BYTES_PER_ELEMENT), body + entry.offset);
  }
  return bytes;
};

/** Kind and layout version of a model file; undefined for anything that is none. */
export const headOfModel = (bytes: Uint8Array): Pick<ModelContent, 'kind' | 'version'> | undefined => {
  const found = headerOf(bytes);
  return found && { kind: found.header.kind, version: found.header.version };
};

const headerOf = (
  bytes: Uint8Array,
): { readonly header: z.infer<typeof headerSchema>; readonly end: number } | undefined => {
  if (bytes.length < MAGIC.length + 4 || MAGIC.some((byte, i) => bytes[i] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = MAGIC.length + 4 + view.getUint32(MAGIC.length, true);
  if (end > bytes.length) return undefined;
  const parsed = headerSchema.safeParse(parsedJson(new TextDecoder().decode(bytes.subarray(MAGIC.length + 4, end))));
  return parsed.success ? { header: parsed.data, end } : undefined;
};

/**
 * Reads a model file of `kind` with a layout version up to `version`. Throws `case-newer` for a
 * later version and `case-damaged` for anything that is not a whole file of that kind.
 */
export const readModel = (bytes: Uint8Array, kind: string, version: number): ModelContent => {
  const damaged = (): NightjarError =>
    new NightjarError('case-damaged', 'A saved model cannot be read.', {
      where: kind,
      next: 'Run detection again: it writes the model anew.',
    });
  const found = headerOf(bytes);
  if (found === undefined || found.header.kind !== kind) throw damaged();
  const { header, end } = found;
  if (header.version > version) {
    throw new NightjarError('case-newer', 'A saved model was written by a newer version.', {
      where: `${kind}: layout ${header.version}, known up to ${version}`,
      next: 'Open it with that version, or run detection again here.',
    });
  }
  const arrays: Record<string, NumericArray> = {};
  for (const { name, type, offset, length } of header.arrays) {
    const width = KINDS[type].BYTES_PER_ELEMENT;
    const start = pad8(end) + offset;
    if (start + length * width > bytes.length) throw damaged();
    // A copy, also of a Node Buffer, whose own slice would share its memory.
    const copy = littleEndian(new Uint8Array(bytes.subarray(start, start + length * width)), width);
    arrays[name] = new KINDS[type](copy.buffer);
  }
  return { kind, version: header.version, meta: header.meta, arrays };
};

/** The array of that type and length in a model, or the `case-damaged` error. */
export const arrayOf = <Kind extends keyof typeof KINDS>(
  content: ModelContent,
  name: string,
  type: Kind,
  length?: number,
): InstanceType<(typeof KINDS)[Kind]> => {
  const array = content.arrays[name];
  const constructor: abstract new (...parts: never) => unknown = KINDS[type];
  if (array === undefined || !(array instanceof constructor) || (length !== undefined && array.length !== length)) {
    throw new NightjarError('case-damaged', 'A saved model does not hold together.', {
      where: `${content.kind}: ${name}`,
      next: 'Run detection again: it writes the model anew.',
    });
  }
  return array as InstanceType<(typeof KINDS)[Kind]>;
};

/** The header's meta as the schema says, or the `case-damaged` error. */
export const metaOf = <Meta>(content: ModelContent, schema: z.ZodType<Meta>): Meta => {
  const parsed = schema.safeParse(content.meta);
  if (parsed.success) return parsed.data;
  throw new NightjarError('case-damaged', 'A saved model does not hold together.', {
    where: `${content.kind}: header`,
    next: 'Run detection again: it writes the model anew.',
  });
};

const pad8 = (length: number): number => Math.ceil(length / 8) * 8;

const typeOf = (array: NumericArray): keyof typeof KINDS => {
  if (array instanceof Float64Array) return 'float64';
  if (array instanceof Float32Array) return 'float32';
  if (array instanceof Int32Array) return 'int32';
  return array instanceof Uint16Array ? 'uint16' : 'uint8';
};

const littleEndian = <Bytes extends Uint8Array>(bytes: Bytes, width: number): Bytes => {
  if (endianness() === 'BE') {
    for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
  }
  return bytes;
};
