import { PACKED_WORDS, type PackedBatch } from '../../../core/rules/run/index.ts';
import type { EventBatch } from '../../../core/rules/schema.ts';

/** The same events, their texts (at most 12 bytes each) as the reader of lines packs them. */
export function* packed(batches: Iterable<EventBatch>): Generator<PackedBatch> {
  for (const batch of batches) {
    const columns = [...batch.columns].map(
      ([name, column]) => [name, column instanceof Float64Array ? column : pack(column)] as const,
    );
    yield { ...batch, columns: new Map(columns) };
  }
}

const pack = (texts: readonly (string | null)[]): Int32Array => {
  const words = new Int32Array(texts.length * PACKED_WORDS);
  const bytes = Buffer.from(words.buffer);
  for (const [row, text] of texts.entries())
    words[row * PACKED_WORDS] = text === null ? -1 : bytes.write(text, 4 * (row * PACKED_WORDS + 1), 12);
  return words;
};
