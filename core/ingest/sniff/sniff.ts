import { constants, gunzipSync } from 'node:zlib';
import { NightjarError } from '../../api/errors.ts';
import { PRESETS } from '../presets/list.ts';
import { sniffCsv } from './csv.ts';
import { readText } from './encoding.ts';
import { sniffJson } from './json.ts';
import { refuse, refuseForeign, refuseForeignText } from './magic.ts';
import type { SniffedFormat } from './schema.ts';

/** Bytes of a head from which on it is taken as a piece of a longer file. */
export const HEAD_BYTES = 256 * 1024;
/** Compressed bytes looked into: at gzip's largest ratio of about 1030 they unfold to 17 MB. */
const GZIP_BYTES = 16 * 1024;
const SAMPLE_LINES = 200;

/**
 * What a file is, from its name and its first bytes (at most `HEAD_BYTES` are looked at); a gzip head is looked into.
 * Throws `input` for an empty file, one of a kind that is not read (said by name, with what to do), binary data, and a table
 * whose header names a column twice.
 */
export const sniffFormat = (name: string, head: Uint8Array): SniffedFormat => {
  if (head.length === 0) return refuseEmpty(name);
  if (head[0] !== 0x1f || head[1] !== 0x8b)
    return sniffPlain(name, head.subarray(0, HEAD_BYTES), head.length < HEAD_BYTES);
  const inner = inflateHead(name, head);
  const whole = head.length <= GZIP_BYTES && inner.length < HEAD_BYTES;
  return { ...sniffPlain(name, inner.subarray(0, HEAD_BYTES), whole), compression: 'gzip' };
};

const refuseEmpty = (name: string): never => {
  throw new NightjarError('input', 'This file is empty.', {
    where: name,
    next: 'Give a file with at least one record.',
  });
};

const inflateHead = (name: string, head: Uint8Array): Uint8Array => {
  try {
    return gunzipSync(head.subarray(0, GZIP_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    throw new NightjarError(
      'input',
      'This gzip file is damaged.',
      { where: name, next: 'Fetch it again, or check it with gzip -t.' },
      cause,
    );
  }
};

const sniffPlain = (name: string, head: Uint8Array, whole: boolean): SniffedFormat => {
  if (head.length === 0) return refuseEmpty(name);
  if (new TextDecoder('latin1').decode(head.subarray(0, 4)) === 'PAR1') {
    return { compression: 'none', encoding: 'utf-8', kind: 'parquet', confidence: 1 };
  }
  if (head[0] === 0x1f && head[1] === 0x8b) refuse(name, 'compressed twice', 'Decompress it once and give that.');
  refuseForeign(name, head);
  const { encoding, text } = readText(name, head);
  if (text.trim() === '') return refuseEmpty(name);
  refuseForeignText(name, text);
  const lineEnds = text.includes('\r') && !text.includes('\n') ? ({ lineEnds: 'cr' } as const) : {};
  const base = { compression: 'none', encoding, ...lineEnds } as const;
  return { ...base, ...(sniffJsonText(text) ?? sniffLines(text, whole) ?? sniffTable(name, text, whole)) };
};

type Found = Omit<SniffedFormat, 'compression' | 'encoding' | 'lineEnds'>;

const sniffJsonText = (text: string): Found | undefined => {
  const json = sniffJson(text);
  if (json === undefined) return undefined;
  let found: { readonly name: string; readonly confidence: number } | undefined;
  for (const preset of PRESETS) {
    const confidence = preset.kind === 'json' ? preset.looksLike(json.samples) : 0;
    if (confidence >= 0.5 && confidence > (found?.confidence ?? 0)) found = { name: preset.name, confidence };
  }
  const { kind, records } = json;
  return {
    kind,
    ...(records === undefined ? {} : { records }),
    ...(found === undefined ? {} : { preset: found.name }),
    confidence: found?.confidence ?? (json.samples.length > 0 ? 0.9 : 0.5),
  };
};

const sniffLines = (text: string, whole: boolean): Found | undefined => {
  const lines = text.split(/\r?\n|\r/);
  if (!whole && lines.length > 1) lines.pop();
  const sample = lines.filter((line) => line.trim() !== '').slice(0, SAMPLE_LINES);
  let found: Found | undefined;
  for (const preset of PRESETS) {
    if (preset.kind === 'json') continue;
    const confidence = preset.kind === 'mail' ? preset.looksLike(text) : preset.looksLike(sample);
    if (confidence >= 0.5 && confidence > (found?.confidence ?? 0))
      found = { kind: preset.kind, preset: preset.name, confidence };
  }
  return found;
};

const sniffTable = (name: string, text: string, whole: boolean): Found => {
  const { confidence, ...csv } = sniffCsv(name, text, whole);
  return { kind: 'csv', csv, confidence };
};
