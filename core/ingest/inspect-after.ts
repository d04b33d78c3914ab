import { BUCKETS } from '../anonymize/bucket.ts';
import { createBlockParser } from './read/block-parser.ts';
import { numbersOf, textOf } from './encoded-values.ts';
import type { ColumnPlan, EncodedBlock } from './plan.ts';

/** What the case holds of a value under a column's plan, as people read it; null: nothing. */
export const afterOf = (column: ColumnPlan, value: string, key: Uint8Array): string | null => {
  const alone = { ...column, fields: [0], required: false, vaulted: false };
  const parse = createBlockParser(
    { format: { kind: 'csv', delimiter: ',', quote: '"', fields: 1 }, columns: [alone] },
    key,
  );
  const bytes = Buffer.from(`"${value.replaceAll('"', '""')}"\n`);
  const block = parse({ index: 0, bytes: new Uint8Array(bytes), skip: 0 });
  return block.rows === 1 ? shown(column, block) : null;
};

const shown = ({ column, encode }: ColumnPlan, block: EncodedBlock): string | null => {
  if (encode.kind === 'term') return textOf([block], column)[0] ?? null;
  if (encode.kind === 'bucket') return `one of ${BUCKETS} buckets`;
  if (encode.kind === 'text') {
    const [length, links, digits] = ['text_length', 'text_links', 'text_digits'].map(
      (name) => numbersOf([block], 1, name)[0] ?? 0,
    );
    const share = Math.round((digits ?? 0) * 100);
    return `${length} characters, ${links} ${links === 1 ? 'link' : 'links'}, ${share} % digits`;
  }
  if (encode.kind === 'number') {
    const number = numbersOf([block], 1, column)[0] ?? Number.NaN;
    return Number.isNaN(number) ? null : String(number);
  }
  const time = block.columns[0];
  if (time === undefined || (time.validity !== null && ((new Uint8Array(time.validity)[0] ?? 0) & 1) === 0))
    return null;
  const micros = new BigInt64Array(time.data, 0, 1)[0] ?? 0n;
  return new Date(Number(micros / 1000n)).toISOString();
};
