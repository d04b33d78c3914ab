import { policyFor } from '../../anonymize/policy-for.ts';
import { assemble, timeWith, type Draft, type PlanOptions } from '../../ingest/file-plan.ts';
import { jsonText, orTooDeep, valueAt } from '../../ingest/read/json-paths.ts';
import { planPreset } from '../../ingest/plan-preset.ts';
import type { ColumnPlan, Encode, ReadPlan } from '../../ingest/plan.ts';
import { presetNamed } from '../../ingest/presets/index.ts';
import { sniffTimeFormat, utc, type TimeFormat } from '../../ingest/time/index.ts';
import { NightjarError } from '../errors.ts';
import { parsedJson } from '../../text/index.ts';

/** Lines that are looked at for how times are written. */
const SAMPLED_LINES = 200;

/**
 * How the lines of a stream are read: a preset's records, or one JSON object per line whose fields are called like our event
 * columns where no mapping says otherwise. Only the columns that rules read, the time and the actor are made. `encodes` tells
 * how the case made a column when it was imported, so that the same value becomes the same text. Errors: `usage`.
 */
export const planStream = (
  columns: readonly string[],
  time: TimeFormat,
  options: PlanOptions,
  encodes: ReadonlyMap<string, Encode>,
): ReadPlan => {
  const needed = new Set(['ts', 'actor_id', ...columns]);
  const plan = options.preset === undefined ? planJson(needed, time, options) : planNamed(options.preset, options);
  const isNeeded = ({ column, encode }: ColumnPlan): boolean =>
    needed.has(column) || (encode.kind === 'text' && columns.some((name) => name.startsWith('text_')));
  return { ...plan, columns: plan.columns.filter(isNeeded).map((column) => asImported(column, options, encodes)) };
};

const planNamed = (name: string, options: PlanOptions): ReadPlan => {
  const preset = presetNamed(name);
  if (preset.kind === 'mail') {
    throw new NightjarError('usage', 'Mails are no stream of lines.', {
      where: '--preset',
      next: 'Name the mailbox as a file.',
    });
  }
  const kind = preset.kind === 'json' ? 'json-lines' : 'lines';
  return planPreset(preset, { compression: 'none', encoding: 'utf-8', kind, confidence: 1 }, 'the stream', options)
    .plan;
};

const planJson = (needed: ReadonlySet<string>, format: TimeFormat, options: PlanOptions): ReadPlan => {
  const mapped = new Map((options.map ?? []).map(({ column, fields }) => [column, fields]));
  const sources = [...new Set([...needed, ...mapped.keys()])]
    .filter((column) => !column.startsWith('text_') && column !== 'dataset' && column !== 'seq')
    .map((column) => ({ column, fields: mapped.get(column) ?? [column] }));
  const fields = [...new Set(sources.flatMap((source) => source.fields))];
  const time = timeWith(format, options);
  const drafts = sources.map(({ column, fields: from }): Draft => {
    return { column, fields: from, time: column === 'ts' ? time : undefined };
  });
  return assemble({ kind: 'json', paths: fields, byLine: true }, fields, drafts, new Set(), options, () => true).plan;
};

/** How times are written, and whether later lines could say otherwise. */
export type StreamTime = { readonly format: TimeFormat; readonly isSettled: boolean };

/** Before any line told. */
export const UNKNOWN_TIME: StreamTime = { format: utc('iso'), isSettled: false };

/**
 * How most of those times are written that can be read in the first of some lines; what was known before where there is
 * none. Day and month that cannot be told apart, and numbers so small that they may be no times, settle nothing.
 */
export const sniffStreamTime = (lines: Uint8Array, { map = [] }: PlanOptions, known: StreamTime): StreamTime => {
  const fields = map.find(({ column }) => column === 'ts')?.fields ?? ['ts'];
  const samples = Buffer.from(lines)
    .toString()
    .split('\n', SAMPLED_LINES)
    .map((line) => {
      const record = parsedJson(line);
      return orTooDeep(() => fields.map((field) => jsonText(valueAt(record, field)) ?? '').join(' ')) ?? '';
    });
  const understood = samples.filter((sample) => sniffTimeFormat([sample]).format !== undefined);
  const { format, ambiguous } = sniffTimeFormat(understood);
  if (format === undefined) return known;
  return { format, isSettled: !ambiguous && format.kind !== 'day-step' };
};

/** What a policy that was given says stands; else a column is made as it was at the import. */
const asImported = (column: ColumnPlan, { policy }: PlanOptions, encodes: ReadonlyMap<string, Encode>): ColumnPlan => {
  const before = encodes.get(column.column);
  if (before === undefined || before.kind !== column.encode.kind || policyFor(policy, column.column) !== undefined)
    return column;
  if (column.encode.kind === 'term') return { ...column, encode: before };
  if (column.encode.kind === 'number' && before.kind === 'number' && before.binWidth !== undefined)
    return { ...column, encode: { ...column.encode, binWidth: before.binWidth } };
  if (column.encode.kind === 'time' && before.kind === 'time' && before.truncate !== undefined)
    return { ...column, encode: { ...column.encode, truncate: before.truncate } };
  return column;
};
