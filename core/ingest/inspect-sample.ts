import { createBlockParser } from './read/block-parser.ts';
import { jsonText, orTooDeep } from './read/json-paths.ts';
import { openSource } from './read/open-source.ts';
import { headText, jsonRecords, sampleFile, type SampleLimits } from './file-sample.ts';
import type { FilePlan } from './file-plan.ts';
import type { InputFile } from './list-inputs.ts';
import type { Rejection } from './plan.ts';
import { isReject, presetNamed, type Preset } from './presets/index.ts';
import { splitterOf } from './read-file.ts';
import type { SniffedFormat } from './sniff/index.ts';

/** Records of a file as its plan sees them: a value per field, null or empty where there is none. */
export type RecordSample = {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
};

const LIMITS: SampleLimits = { rows: 2000, bytes: 1 << 20 };

/** The first records of a table, or of what the preset makes of a log. Lives in memory only while a file is looked at. */
export const sampleRecords = async (
  file: InputFile,
  format: SniffedFormat,
  preset: string | undefined,
): Promise<RecordSample> => {
  if (preset === undefined) return sampleFile(file.path, file.name, format, LIMITS);
  const known = presetNamed(preset);
  const text = await headText(file.path, file.name, format, LIMITS);
  return {
    fields: known.kind === 'json' ? known.columns : known.fields,
    rows: presetRows(known, text, format).slice(0, LIMITS.rows),
  };
};

const presetRows = (preset: Preset, text: string, format: SniffedFormat): (readonly (string | null)[])[] => {
  if (preset.kind === 'json') {
    return jsonRecords(text, format, LIMITS).flatMap((record) => {
      const values = preset.derive(record);
      const row = isReject(values) ? null : orTooDeep(() => preset.columns.map((column) => jsonText(values[column])));
      return row === null ? [] : [row];
    });
  }
  if (preset.kind === 'mail') {
    return text.split(/^(?=From )/mu).flatMap((message) => {
      const values = preset.parse(message);
      return isReject(values) ? [] : [values];
    });
  }
  const parse = preset.makeParser();
  return text.split(/\r?\n/u, LIMITS.rows).flatMap((line) => {
    const values = line.trim() === '' ? { reject: 'empty' } : parse(line);
    return isReject(values) ? [] : [values];
  });
};

/** What a plan makes of the first records of a file. */
export type TrialRead = {
  readonly sampled: number;
  readonly rejected: readonly Rejection[];
  /** Records in the file, estimated from their mean size; exact where all of it was read; null where unknown. */
  readonly estimatedRows: number | null;
};

/** Reads the head of a file as the import would, and stores nothing. */
export const trialRead = async (
  file: InputFile,
  planned: FilePlan,
  key: Uint8Array,
): Promise<TrialRead | undefined> => {
  const { format, plan, skip } = planned;
  if (format.kind === 'parquet') return undefined;
  const gzip = format.compression === 'gzip';
  const splitter = splitterOf(planned);
  const parse = createBlockParser(plan, key);
  const source = openSource(file.path, file.name, {
    gzip,
    encoding: format.encoding,
    ...(format.lineEnds === undefined ? {} : { lineEnds: format.lineEnds }),
  });
  const rejected: Rejection[] = [];
  let records = 0;
  let bytes = 0;
  let isWhole = true;
  const take = (cut: ReturnType<typeof splitter.end>): void => {
    if (!cut) return;
    bytes += cut.bytes.length;
    const block = parse({ index: 0, bytes: cut.bytes, skip: records === 0 ? skip : 0 });
    records += block.records;
    rejected.push(...block.rejections.map((each) => ({ ...each, line: each.line + cut.firstLine })));
  };
  for await (const chunk of source.chunks) {
    const head = chunk.subarray(0, LIMITS.bytes);
    take(splitter.push(head));
    isWhole = head.length === chunk.length;
    if (!isWhole || bytes >= LIMITS.bytes) break;
  }
  isWhole &&= gzip ? false : source.bytesRead() >= file.bytes;
  if (isWhole || records === 0) for (let cut = splitter.end(); cut; cut = splitter.end()) take(cut);
  rejected.push(...splitter.takeRejections());
  const perByte = bytes > 0 ? records / bytes : 0;
  const estimated = isWhole ? records : gzip || records === 0 ? null : Math.round(file.bytes * perByte);
  return { sampled: records, rejected: rejected.sort((a, b) => a.line - b.line), estimatedRows: estimated };
};
