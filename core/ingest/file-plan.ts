import { NightjarError } from '../api/errors.ts';
import { policyFor } from '../anonymize/policy-for.ts';
import type { Policy } from '../anonymize/schema.ts';
import { chooseEncode } from './encode-choice.ts';
import { closest, type MapRule } from './mapping/index.ts';
import type { ColumnPlan, ReadPlan, RecordFormat } from './plan.ts';
import type { SniffedFormat } from './sniff/index.ts';
import type { TimeFormat } from './time/index.ts';

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
export type Draft = {
  readonly column: string;
  readonly fields: readonly string[];
  readonly time: TimeFormat | undefined;
  /** 0–1 where the column was proposed. */
  readonly confidence?: number;
};

/** The plan of the drafted columns under the policy, and the mapping it amounts to. */
export const assemble = (
  format: RecordFormat,
  fields: readonly string[],
  drafts: readonly Draft[],
  commaColumns: ReadonlySet<string>,
  options: PlanOptions,
  few: (fields: readonly string[]) => boolean,
): Pick<FilePlan, 'plan' | 'mapping' | 'confidence'> => {
  const placesOf = (draft: Draft | undefined): number[] => (draft?.fields ?? []).map((field) => fields.indexOf(field));
  const actor = placesOf(drafts.find(({ column }) => column === 'actor_id'));
  const columns = drafts.flatMap((draft): ColumnPlan[] => {
    const policy =
      draft.fields.map((field) => policyFor(options.policy, field)).find((p) => p !== undefined) ??
      policyFor(options.policy, draft.column);
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
        fields: placesOf(draft),
        encode,
        ...(encode.kind === 'bucket' ? { within: actor } : {}),
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

/** A time format with the zone and the year that were asked for. */
export const timeWith = (format: TimeFormat, options: PlanOptions): TimeFormat => ({
  ...format,
  ...(options.timeZone === undefined ? {} : { zone: options.timeZone }),
  ...(options.year === undefined ? {} : { year: options.year }),
});

/** Throws `usage`, with the nearest name, for a field the file does not have. */
export const requireField = (field: string, fields: readonly string[], column: string, name: string): void => {
  if (fields.includes(field)) return;
  const near = closest(field, fields);
  throw new NightjarError('usage', `There is no field "${field}" to map to ${column}.`, {
    where: name,
    next: near === undefined ? `The fields are: ${fields.slice(0, 40).join(', ')}.` : `Did you mean "${near}"?`,
  });
};
