export type { CsvShape, Encoding, SniffedFormat } from './schema.ts';
export { HEAD_BYTES, sniffFormat } from './sniff.ts';
