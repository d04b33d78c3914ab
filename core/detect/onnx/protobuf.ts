/** A field of a protobuf message as bytes, the only part of the encoding needed to write one. */
export type Field = readonly Uint8Array[];

/** A whole number ≥ 0 (int32, int64, enum, bool). */
export const integer = (number: number, value: number): Field => [varint(number * 8), varint(value)];

export const text = (number: number, value: string): Field => bytes(number, new TextEncoder().encode(value));

/** A text field that repeats, however often. */
export const texts = (number: number, values: readonly string[]): Field =>
  values.flatMap((value) => text(number, value));

/** One float. */
export const float32 = (number: number, value: number): Field => [
  varint(number * 8 + 5),
  littleEndian(4, (view) => view.setFloat32(0, value, true)),
];

/** Packed floats. */
export const floats = (number: number, values: ArrayLike<number>): Field =>
  bytes(
    number,
    littleEndian(4 * values.length, (view) => {
      for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i] ?? 0, true);
    }),
  );

/** Packed whole numbers ≥ 0. */
export const integers = (number: number, values: readonly number[]): Field => bytes(number, joined(values.map(varint)));

export const bytes = (number: number, content: Uint8Array): Field => [
  varint(number * 8 + 2),
  varint(content.length),
  content,
];

/** A message made of fields, as a field. */
export const message = (number: number, ...fields: readonly Field[]): Field => bytes(number, encode(...fields));

/** The bytes of a message. */
export const encode = (...fields: readonly Field[]): Uint8Array => joined(fields.flat());

/** `length` bytes as `write` fills them. */
export const littleEndian = (length: number, write: (view: DataView) => void): Uint8Array => {
  const content = new Uint8Array(length);
  write(new DataView(content.buffer));
  return content;
};

const varint = (value: number): Uint8Array => {
  const out: number[] = [];
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
  return Uint8Array.from(out);
};

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
