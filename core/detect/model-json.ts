import { z } from 'zod';
import { NightjarError } from '../api/errors.ts';
import { KINDS, readModel, writeModel, type ModelContent } from './model-file.ts';
import { parsedJson } from '../text/index.ts';

const notFinite = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, '-Infinity': Number.NEGATIVE_INFINITY };

const jsonSchema = z.object({
  format: z.literal('nightjar-model'),
  kind: z.string(),
  version: z.int().positive(),
  meta: z.unknown(),
  arrays: z.record(
    z.string(),
    z.object({
      type: z.enum(['float64', 'float32', 'int32', 'uint16', 'uint8']),
      values: z.array(z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])),
    }),
  ),
});

/**
 * A model file as JSON text, for reading and for other programs: the same kind, version, meta and
 * arrays; numbers that JSON lacks are the strings NaN, Infinity and -Infinity. Errors as `readModel`.
 */
export const modelToJson = (bytes: Uint8Array, kind: string, version: number): string => {
  const { arrays, ...head } = readModel(bytes, kind, version);
  const listed = Object.entries(arrays).map(([name, array]) => {
    const type = Object.entries(KINDS).find(([, constructor]) => array instanceof constructor)?.[0];
    return [name, { type, values: Array.from(array, (value) => (Number.isFinite(value) ? value : String(value))) }];
  });
  return JSON.stringify({ format: 'nightjar-model', ...head, arrays: Object.fromEntries(listed) });
};

/** The model file of a text that `modelToJson` made. Throws `case-damaged` for any other text. */
export const modelFromJson = (text: string): Uint8Array => {
  const parsed = jsonSchema.safeParse(parsedJson(text));
  if (!parsed.success) throw noModel(parsed.error.issues[0]?.path.map(String).join('.') ?? 'text');
  const arrays: Record<string, ModelContent['arrays'][string]> = {};
  for (const [name, { type, values }] of Object.entries(parsed.data.arrays)) {
    const numbers = values.map((value) => (typeof value === 'number' ? value : notFinite[value]));
    const array = KINDS[type].from(numbers);
    if (numbers.some((value, i) => !Object.is(value, array[i]))) throw noModel(`arrays.${name}`);
    arrays[name] = array;
  }
  const { kind, version, meta } = parsed.data;
  return writeModel({ kind, version, meta, arrays });
};

const noModel = (where: string): NightjarError =>
  new NightjarError('case-damaged', 'This is no model written as JSON.', {
    where,
    next: 'Write it anew from the model file.',
  });
