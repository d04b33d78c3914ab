import { NightjarError } from '../api/errors.ts';
import { looksLikeIdentifier } from '../anonymize/identifier-like.ts';
import type { Policy } from '../anonymize/schema.ts';
import { chooseEncode } from './encode-choice.ts';
import { sampleFile, sniffFile, type FileSample } from './file-sample.ts';
import { closest, proposeMapping, type MapRule } from './mapping/index.ts';
import { nameKey, SYNONYMS } from './mapping/names.ts';
import type { ColumnPlan, ReadPlan, RecordFormat } from './plan.ts';
import { presetNamed, type Preset } from './presets/index.ts';
import { isEventColumn } from './schema.ts';
import type { SniffedFormat } from './sniff/index.ts';
import { sniffTimeFormat, utc, type TimeFormat } from './time/index.ts';

export type PlanOptions = {
  readonly preset?: string;
  readonly map?: readonly MapRule[];
  readonly policy?: Policy;
  /** Zone of times that carry none: an IANA name or ±hh:mm. UTC when absent. */
  readonly timeZone?: string;
  /** Year of times that carry none. */
  readonly year?: number;
};

/** How one file will be read, and what was decided on the way. */
export type FilePlan = {
  readonly format: SniffedFormat;
  readonly plan: ReadPlan;
  /** Records before the first event: a header. */
  readonly skip: number;
  /** Parsed in order by one parser. */
  readonly sequential: boolean;
  /** Event column → source fields. */
  readonly mapping: Readonly<Record<string, string>>;
  /** 0–1 for every column that was proposed rather than told. */
  readonly confidence: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
};

/** A field of the source with sampled values. */
type Draft = {
  readonly column: string;
  readonly fields: readonly string[];
  readonly time: TimeFormat | undefined;
  /** 0–1 where the column was proposed. */
  readonly confidence?: number;
};

/** Looks at a file and decides how to read it. Errors: `input` (not a log we read, no actor), `usage` (a field that is not there). */
export const planFile = async (path: string, name: string, options: PlanOptions): Promise<FilePlan> => {
  const format = sniffFile(path, name);
  const planned = await planAs(path, name, format, options);
  return format.encoding === 'latin-1' ? { ...planned, warnings: [LATIN_1, ...planned.warnings] } : planned;
};

const LATIN_1 = 'The file is not UTF-8; it is read as Latin-1 (Windows-1252).';

const planAs = async (path: string, name: string, format: SniffedFormat, options: PlanOptions): Promise<FilePlan> => {
  const presetName = options.preset ?? (options.map === undefined ? format.preset : undefined);
  if (presetName !== undefined) return planPreset(presetNamed(presetName), format, name, options);
  const known = format.preset === undefined ? undefined : presetNamed(format.preset);
  if (known && known.kind !== 'json') return planPreset(known, format, name, options);
  return planTable(await sampleFile(path, name, format), format, name, options);
};

const planPreset = (preset: Preset, format: SniffedFormat, name: string, options: PlanOptions): FilePlan => {
  const fields = preset.kind === 'json' ? preset.columns : preset.fields;
  refuseWrongKind(preset, format, name);
  const base =
    preset.kind === 'json' ? Object.fromEntries(preset.columns.map((column) => [column, column])) : preset.map;
  const map = {
    ...base,
    ...Object.fromEntries((options.map ?? []).map((rule) => [rule.column, rule.fields.join('+')])),
  };
  const time: TimeFormat = preset.kind === 'json' ? utc('epoch-us') : timeWith(preset.time, options);
  const drafts = Object.entries(map).map(([column, source]): Draft => {
    const sources = source.split('+');
    for (const field of sources) requireField(field, fields, column, name);
    return { column, fields: sources, time: column === 'ts' ? time : undefined };
  });
  const record: RecordFormat = {
    kind: 'preset',
    preset: preset.name,
    byLine: format.kind !== 'json-array',
    ...(options.year === undefined ? {} : { year: options.year }),
    ...(options.timeZone === undefined ? {} : { zone: options.timeZone }),
  };
  const warnings =
    preset.kind === 'lines' && preset.time.kind === 'syslog' && options.year === undefined ? [NO_YEAR] : [];
  return {
    ...assemble(record, fields, drafts, new Set(), options, () => true),
    format: preset.kind === 'json' ? format : { ...format, kind: preset.kind },
    skip: 0,
    sequential: preset.kind === 'lines' && preset.sequential,
    warnings,
  };
};

const NO_YEAR = 'The times in this log carry no year; they are read as being in 2000. Give --year to set it.';

const refuseWrongKind = (preset: Preset, format: SniffedFormat, name: string): void => {
  const json = format.kind === 'json-lines' || format.kind === 'json-array';
  if ((preset.kind === 'json') === json && format.kind !== 'parquet') return;
  throw new NightjarError('input', `This file is no ${preset.title}: it looks like ${format.preset ?? format.kind}.`, {
    where: name,
    next: 'Leave --preset out, or name the one that fits.',
  });
};

const planTable = (sample: FileSample, format: SniffedFormat, name: string, options: PlanOptions): FilePlan => {
  const { fields, rows } = sample;
  if (rows.length === 0 || fields.length === 0) throw noRecords(fields, name);
  const proposal = proposeMapping({ fields, samples: rows });
  const valuesOf = (field: string): string[] =>
    rows.map((row) => row[fields.indexOf(field)] ?? '').filter((v) => v.trim() !== '');
  const ruled = options.map ?? [];
  const drafts: Draft[] = [];
  const warnings: string[] = [];
  const taken = new Set<string>();
  const add = (column: string, sources: readonly string[], time: TimeFormat | undefined, confidence?: number): void => {
    const sure = confidence === undefined ? {} : { confidence };
    drafts.push({ column, fields: sources, time: time && timeWith(time, options), ...sure });
    for (const field of sources) taken.add(field);
  };
  for (const rule of ruled) {
    for (const field of rule.fields) requireField(field, fields, rule.column, name);
    const time = rule.column === 'ts' ? sniffedTime(rule.fields, valuesOf, rows, fields, name, warnings) : undefined;
    add(rule.column, rule.fields, time);
  }
  const has = (column: string): boolean => drafts.some((draft) => draft.column === column);
  for (const proposed of proposal.columns) {
    if (has(proposed.column) || (taken.has(proposed.field) && !isAddressPair(proposed.column, drafts, proposed.field)))
      continue;
    if (proposed.column === 'event_id') continue; // nothing needs the source's own ids; map it to keep it
    const format_ = proposed.column === 'ts' ? proposed.time?.format : undefined;
    if (proposed.column === 'ts' && format_ === undefined) continue;
    if (proposed.time) timeWarnings(proposed.time, proposed.field, warnings);
    add(proposed.column, [proposed.field], format_, proposed.confidence);
  }
  const time = has('ts') ? undefined : namedTime(fields, taken, valuesOf);
  if (time) {
    timeWarnings(time.sniff, time.field, warnings);
    warnings.push(
      `Only ${Math.round(time.sniff.share * 100)} % of the sampled "${time.field}" can be read as times; the other records go to quarantine.`,
    );
    add('ts', [time.field], time.sniff.format, time.sniff.share);
  }
  for (const leftover of proposal.leftovers) {
    if (taken.has(leftover.field)) continue;
    const column = leftover.column ?? columnByPolicy(leftover.field, valuesOf(leftover.field), options.policy);
    if (column !== undefined && !has(column)) add(column, [leftover.field], undefined);
  }
  if (!has('actor_id')) throw noActor(fields, name);
  if (!has('ts'))
    warnings.push('No time column was found: features of time are left out. Name it with --map ts=FIELD.');
  refuseUnknownPolicy(options.policy, fields, drafts, name);
  const record = recordFormat(format, fields, sample);
  return {
    ...assemble(record, fields, drafts, decimalCommas(format, drafts, valuesOf), options, (sources) =>
      fewValues(sources.flatMap(valuesOf)),
    ),
    format,
    skip: format.kind === 'csv' && format.csv?.header === true ? 1 : 0,
    sequential: false,
    warnings,
  };
};

/** A field that is named like a time and of which half the values are times. */
const namedTime = (
  fields: readonly string[],
  taken: ReadonlySet<string>,
  valuesOf: (field: string) => string[],
): { readonly field: string; readonly sniff: ReturnType<typeof sniffTimeFormat> } | undefined => {
  const named = fields.filter((field) => !taken.has(field) && (SYNONYMS['ts'] ?? []).includes(nameKey(field)));
  const sniffed = named.map((field) => ({ field, sniff: sniffTimeFormat(valuesOf(field)) }));
  return sniffed.find(({ sniff }) => sniff.format !== undefined && sniff.format.kind !== 'day-step');
};

const recordFormat = (format: SniffedFormat, fields: readonly string[], sample: FileSample): RecordFormat => {
  if (format.kind === 'json-lines' || format.kind === 'json-array') {
    return { kind: 'json', paths: fields, byLine: format.kind === 'json-lines' && sample.rows.length > 0 };
  }
  const { delimiter, quote } = format.csv ?? { delimiter: ',', quote: '"' };
  return { kind: 'csv', delimiter, quote, fields: fields.length };
};

const assemble = (
  format: RecordFormat,
  fields: readonly string[],
  drafts: readonly Draft[],
  commaColumns: ReadonlySet<string>,
  options: PlanOptions,
  few: (fields: readonly string[]) => boolean,
): Pick<FilePlan, 'plan' | 'mapping' | 'confidence'> => {
  const columns = drafts.flatMap((draft): ColumnPlan[] => {
    const policy =
      draft.fields.map((field) => options.policy?.[field]).find((p) => p !== undefined) ??
      options.policy?.[draft.column];
    const encode = chooseEncode({
      column: draft.column,
      policy,
      time: draft.time,
      decimal: commaColumns.has(draft.column) ? ',' : '.',
      fewValues: few(draft.fields),
    });
    if (encode === undefined) return [];
    const required = draft.column === 'actor_id' || draft.column === 'ts';
    const column = encode.kind === 'text' ? 'text' : draft.column;
    return [
      {
        column,
        fields: draft.fields.map((field) => fields.indexOf(field)),
        encode,
        required,
        vaulted: draft.column === 'actor_id',
      },
    ];
  });
  // Cheap refusals first: a row without a time or an actor is not hashed at all.
  const order = (column: ColumnPlan): number => (column.column === 'ts' ? 0 : column.column === 'actor_id' ? 1 : 2);
  const unique = columns.filter((column, i) => columns.findIndex((other) => other.column === column.column) === i);
  const kept = drafts.filter((draft) => unique.some((column) => column.column === draft.column));
  return {
    plan: { format, columns: unique.sort((a, b) => order(a) - order(b)) },
    mapping: Object.fromEntries(kept.map((draft) => [draft.column, draft.fields.join('+')])),
    confidence: Object.fromEntries(
      kept.flatMap(({ column, confidence }) => (confidence === undefined ? [] : [[column, confidence]])),
    ),
  };
};

const timeWith = (format: TimeFormat, options: PlanOptions): TimeFormat => ({
  ...format,
  ...(options.timeZone === undefined ? {} : { zone: options.timeZone }),
  ...(options.year === undefined ? {} : { year: options.year }),
});

const sniffedTime = (
  sources: readonly string[],
  valuesOf: (field: string) => string[],
  rows: FileSample['rows'],
  fields: readonly string[],
  name: string,
  warnings: string[],
): TimeFormat => {
  const [only = ''] = sources;
  const values =
    sources.length === 1
      ? valuesOf(only)
      : rows.map((row) => sources.map((f) => row[fields.indexOf(f)] ?? '').join(' '));
  const sniff = sniffTimeFormat(values);
  if (sniff.format === undefined) {
    throw new NightjarError('input', 'The times in this column are in no format that is read.', {
      where: `${name}: ${sources.join('+')}`,
      next: 'Map another column to ts, or write the times as ISO 8601, epoch seconds or day numbers.',
    });
  }
  timeWarnings(sniff, sources.join('+'), warnings);
  return sniff.format;
};

const timeWarnings = (sniff: { zoned: string; ambiguous: boolean }, field: string, warnings: string[]): void => {
  if (sniff.ambiguous) warnings.push(`Day and month of "${field}" cannot be told apart; the month is read first.`);
  if (sniff.zoned === 'mixed')
    warnings.push(
      `Some times of "${field}" carry a zone and some do not; those without are read as --time-zone says (UTC by default).`,
    );
};

const isAddressPair = (column: string, drafts: readonly Draft[], field: string): boolean => {
  const other = drafts.find((draft) => draft.fields.length === 1 && draft.fields[0] === field)?.column;
  return (column === 'ip' && other === 'actor_id') || (column === 'actor_id' && other === 'ip');
};

/** A leftover field that a policy asks to have: a measure where its values are numbers, else a category or a text. */
const columnByPolicy = (field: string, values: readonly string[], policy: Policy | undefined): string | undefined => {
  const asked = policy?.[field];
  if (asked === undefined || asked.kind === 'drop') return undefined;
  if (asked.kind === 'features-only') return 'text';
  const name =
    field
      .toLowerCase()
      .replace(/[^a-z0-9]+/gu, '_')
      .replace(/^_|_$/gu, '')
      .slice(0, 60) || 'field';
  const numeric = values.length > 0 && values.every((value) => /^[+-]?\d*\.?\d+(?:e[+-]?\d+)?$/iu.test(value.trim()));
  return numeric && asked.kind !== 'pseudonymise' ? `m_${name}` : `c_${name}`;
};

/** Categories hold few distinct values; a column with more is taken for names of things. */
const MOST_CATEGORIES = 200;

const fewValues = (values: readonly string[]): boolean => {
  const distinct = new Set(values);
  if (distinct.size > MOST_CATEGORIES || (values.length >= 50 && distinct.size > values.length / 2)) return false;
  const suspicious = [...distinct].filter(looksLikeIdentifier).length;
  return suspicious <= distinct.size / 2;
};

const decimalCommas = (
  format: SniffedFormat,
  drafts: readonly Draft[],
  valuesOf: (field: string) => string[],
): ReadonlySet<string> => {
  if (format.csv?.delimiter === ',' || format.kind !== 'csv') return new Set();
  const commas = (draft: Draft): boolean => {
    const values = draft.fields.flatMap(valuesOf);
    return values.some((v) => /^[+-]?[\d.]*\d,\d+$/u.test(v)) && !values.some((v) => /^[+-]?\d+\.\d{1,2}$/u.test(v));
  };
  return new Set(drafts.filter(commas).map((draft) => draft.column));
};

const requireField = (field: string, fields: readonly string[], column: string, name: string): void => {
  if (fields.includes(field)) return;
  const near = closest(field, fields);
  throw new NightjarError('usage', `There is no field "${field}" to map to ${column}.`, {
    where: name,
    next: near === undefined ? `The fields are: ${fields.slice(0, 40).join(', ')}.` : `Did you mean "${near}"?`,
  });
};

const refuseUnknownPolicy = (
  policy: Policy | undefined,
  fields: readonly string[],
  drafts: readonly Draft[],
  name: string,
): void => {
  for (const key of Object.keys(policy ?? {})) {
    if (fields.includes(key) || isEventColumn(key) || key === 'text' || drafts.some((draft) => draft.column === key))
      continue;
    throw new NightjarError('usage', `The policy names "${key}", which is neither a field nor an event column.`, {
      where: name,
      next: `The fields are: ${fields.slice(0, 40).join(', ')}.`,
    });
  }
};

const noRecords = (fields: readonly string[], name: string): NightjarError =>
  new NightjarError('input', fields.length === 0 ? 'No record was found.' : 'There is no record below the header.', {
    where: name,
    next: 'Give a table with at least one record, or a log of a known kind.',
  });

const noActor = (fields: readonly string[], name: string): NightjarError =>
  new NightjarError('input', 'No column says who acted.', {
    where: name,
    next: `Name it with --map actor_id=FIELD. The fields are: ${fields.slice(0, 40).join(', ')}.`,
  });
