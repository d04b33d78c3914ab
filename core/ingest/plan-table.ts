import { NightjarError } from '../api/errors.ts';
import { looksLikeIdentifier } from '../anonymize/identifier-like.ts';
import { policyFor } from '../anonymize/policy-for.ts';
import type { ColumnPolicy, Policy } from '../anonymize/schema.ts';
import { assemble, requireField, timeWith, type Draft, type FilePlan, type PlanOptions } from './file-plan.ts';
import type { FileSample } from './file-sample.ts';
import { proposeMapping, type Leftover } from './mapping/index.ts';
import { outcomeWarnings } from './outcome.ts';
import type { RecordFormat } from './plan.ts';
import { namedTime, sniffedTime, timeWarnings } from './plan-time.ts';
import { BUCKET_PREFIX, isEventColumn } from './schema.ts';
import type { SniffedFormat } from './sniff/index.ts';
import type { TimeFormat } from './time/index.ts';

/** How a table or JSON records are read: what was told by `--map`, and the proposal for the rest. */
export const planTable = (sample: FileSample, format: SniffedFormat, name: string, options: PlanOptions): FilePlan => {
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
    const column = leftoverColumn(leftover, valuesOf(leftover.field), policyFor(options.policy, leftover.field));
    if (column !== undefined && !has(column)) add(column, [leftover.field], undefined);
  }
  if (!has('actor_id')) throw noActor(fields, name);
  if (!has('ts'))
    warnings.push(
      'No time column was found: features of time are left out. If there is one, give it the event column ts (--map ts=FIELD).',
    );
  for (const field of drafts.find(({ column }) => column === 'outcome')?.fields ?? []) {
    warnings.push(...outcomeWarnings(field, valuesOf(field)));
  }
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

const recordFormat = (format: SniffedFormat, fields: readonly string[], sample: FileSample): RecordFormat => {
  if (format.kind === 'json-lines' || format.kind === 'json-array') {
    return { kind: 'json', paths: fields, byLine: format.kind === 'json-lines' && sample.rows.length > 0 };
  }
  const { delimiter, quote } = format.csv ?? { delimiter: ',', quote: '"' };
  return { kind: 'csv', delimiter, quote, fields: fields.length };
};

const isAddressPair = (column: string, drafts: readonly Draft[], field: string): boolean => {
  const other = drafts.find((draft) => draft.fields.length === 1 && draft.fields[0] === field)?.column;
  return (column === 'ip' && other === 'actor_id') || (column === 'actor_id' && other === 'ip');
};

/** The column of a leftover field: the proposed one, unless a policy asks for what cannot be there. */
const leftoverColumn = (
  { field, column, policy }: Leftover,
  values: readonly string[],
  asked: ColumnPolicy | undefined,
): string | undefined => {
  const fits = asked === undefined || (policy === 'bucket') === (asked.kind === 'bucket');
  return column !== undefined && fits ? column : columnByPolicy(field, values, asked);
};

/** A leftover field that a policy asks to have: a measure where its values are numbers, else a category, a text or buckets. */
const columnByPolicy = (
  field: string,
  values: readonly string[],
  asked: ColumnPolicy | undefined,
): string | undefined => {
  if (asked === undefined || asked.kind === 'drop') return undefined;
  if (asked.kind === 'features-only') return 'text';
  const name =
    field
      .toLowerCase()
      .replace(/[^a-z0-9]+/gu, '_')
      .replace(/^_|_$/gu, '')
      .slice(0, 60) || 'field';
  if (asked.kind === 'bucket') return `${BUCKET_PREFIX}${name}`;
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
    next: `Give one of the fields the event column actor_id (--map actor_id=FIELD). The fields are: ${fields.slice(0, 40).join(', ')}.`,
  });
