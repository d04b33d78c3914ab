import { policyFor } from '../anonymize/policy-for.ts';
import type { ColumnPolicy } from '../anonymize/schema.ts';
import { NightjarError } from '../api/errors.ts';
import type { FilePlan, PlanOptions } from './file-plan.ts';
import { sniffFile } from './file-sample.ts';
import { afterOf } from './inspect-after.ts';
import { looksLike, policyChoices, policyOf, privacyOf, type PrivacyClass } from './inspect-field.ts';
import { showValue, type Showing } from './inspect-mask.ts';
import { sampleRecords, trialRead, type RecordSample, type TrialRead } from './inspect-sample.ts';
import type { InputFile } from './list-inputs.ts';
import { proposeMapping } from './mapping/index.ts';
import { profileOf, type Profile } from './mapping/profile.ts';
import { isWithinPreset, planFile } from './plan-file.ts';
import type { ColumnPlan } from './plan.ts';
import type { SniffedFormat } from './sniff/index.ts';
import { createTimeParser } from './time/index.ts';

/** One field of a file: what it is like and what becomes of it. Values only as they may be shown. */
export type InspectedColumn = {
  readonly field: string;
  readonly looksLike: string;
  readonly privacy: PrivacyClass;
  readonly filledShare: number;
  readonly distinct: number;
  readonly column: string | null;
  readonly confidence: number | null;
  readonly reason: string;
  readonly policy: ColumnPolicy;
  readonly choices: readonly ColumnPolicy[];
  readonly masked: boolean;
  readonly before: string | null;
  readonly after: string | null;
};

/** What a file is and how it would be read. It holds no raw value that is not safe to show. */
export type Inspection = {
  readonly format: SniffedFormat | null;
  readonly preset: string | null;
  readonly fields: readonly InspectedColumn[];
  readonly preview: readonly (readonly (string | null)[])[];
  readonly trial: TrialRead | undefined;
  readonly warnings: readonly string[];
  readonly problem: NightjarError | null;
};

const PREVIEW_ROWS = 200;

/**
 * Looks at a file as an import under these options would, and stores nothing. What stands in the way is told as `problem`
 * beside all that could be found out, so that a person can put it right. `key` makes the tokens that are shown.
 */
export const inspectFile = async (file: InputFile, options: PlanOptions, key: Uint8Array): Promise<Inspection> => {
  const sniffed = await attempt(async () => sniffFile(file.path, file.name));
  if (sniffed instanceof NightjarError) return { ...NOTHING, problem: sniffed };
  const planned = await attempt(() => planFile(file.path, file.name, options));
  const preset = presetOf(sniffed, planned, options);
  const sample = await attempt(() => sampleRecords(file, sniffed, preset));
  if (sample instanceof NightjarError) return { ...NOTHING, format: sniffed, preset: preset ?? null, problem: sample };
  const proposed = planned instanceof NightjarError ? undefined : planned;
  const described = await attempt(async () => describeFields(sample, proposed, options, key));
  const isSound = !(described instanceof NightjarError);
  const found = isSound ? described : describeFields(sample, undefined, options, key);
  const plan = isSound ? proposed : undefined;
  const trial = plan === undefined ? undefined : await attempt(() => trialRead(file, plan, key));
  const problem = [planned, described, trial].find((each) => each instanceof NightjarError) ?? null;
  return {
    format: sniffed,
    preset: preset ?? null,
    fields: found.map(({ column }) => column),
    preview: sample.rows
      .slice(0, PREVIEW_ROWS)
      .map((row) => found.map(({ showing }, at) => (isMissing(row[at]) ? null : showValue(row[at] ?? '', showing)))),
    trial: trial instanceof NightjarError ? undefined : trial,
    warnings: plan?.warnings ?? [],
    problem,
  };
};

const NOTHING = { format: null, preset: null, fields: [], preview: [], trial: undefined, warnings: [] };

/** The user's part of what can go wrong is a finding here. */
const attempt = async <T>(work: () => Promise<T>): Promise<T | NightjarError> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NightjarError && (error.code === 'input' || error.code === 'usage')) return error;
    throw error;
  }
};

const presetOf = (
  format: SniffedFormat,
  planned: FilePlan | NightjarError,
  options: PlanOptions,
): string | undefined => {
  if (planned instanceof NightjarError) {
    return format.preset !== undefined && isWithinPreset(format.preset, options) ? format.preset : undefined;
  }
  return planned.plan.format.kind === 'preset' ? planned.plan.format.preset : undefined;
};

const isMissing = (value: string | null | undefined): boolean => value === null || value === undefined || value === '';

type Found = { readonly column: InspectedColumn; readonly showing: Showing };

const describeFields = (
  { fields, rows }: RecordSample,
  plan: FilePlan | undefined,
  options: PlanOptions,
  key: Uint8Array,
): readonly Found[] => {
  const texts = rows.map((row) => fields.map((_, at) => row[at] ?? ''));
  const proposal = proposeMapping({ fields, samples: texts });
  return fields.map((field, at) => {
    const values = texts.map((row) => row[at] ?? '').filter((value) => value !== '');
    const profile = profileOf(values);
    const own = plan?.plan.columns.find((column) => column.fields.includes(at));
    const leftover = proposal.leftovers.find((each) => each.field === field);
    const proposed = proposal.columns.find((each) => each.field === field);
    const ruled = options.map?.find((rule) => rule.fields.includes(field));
    const privacy = privacyOf(
      field,
      profile,
      own,
      own === undefined || proposed === undefined ? leftover?.kind : undefined,
    );
    const asked = plan === undefined ? policyFor(options.policy, field) : undefined;
    const policy = asked ?? policyOf(own?.encode);
    const showing = showingOf(privacy, policy, profile, own, values);
    const example = values.find((value) => showValue(value, showing) === value) ?? values[0];
    const before = example === undefined ? null : showValue(example, showing);
    const after = example === undefined || own === undefined ? null : afterOf(own, example, key);
    const column = own?.column ?? (plan === undefined ? (ruled?.column ?? proposed?.column ?? null) : null);
    return {
      showing,
      column: {
        field,
        looksLike: looksLike(profile, leftover?.kind),
        privacy,
        filledShare: rows.length === 0 ? 0 : profile.filled / rows.length,
        distinct: profile.distinct,
        column,
        confidence: ruled === undefined ? (confidenceOf(column, plan) ?? proposed?.confidence ?? null) : null,
        reason: reasonOf(field, column, ruled !== undefined, options, proposed?.reason ?? leftover?.reason, plan),
        policy,
        choices: policyChoices(policy, own, privacy, profile, binWidthOf(values)),
        masked: showing.as === 'shapes',
        before,
        // A value that is kept but not shown is not shown here either.
        after: after === example ? before : after,
      },
    };
  });
};

const confidenceOf = (column: string | null, plan: FilePlan | undefined): number | undefined =>
  column === null ? undefined : plan?.confidence[column];

const reasonOf = (
  field: string,
  column: string | null,
  isRuled: boolean,
  options: PlanOptions,
  proposed: string | undefined,
  plan: FilePlan | undefined,
): string => {
  if (isRuled || policyFor(options.policy, field) !== undefined) return 'You chose this.';
  if (plan?.plan.format.kind === 'preset')
    return column === null ? 'Nothing uses it.' : 'Logs of this kind have it here.';
  const text = proposed ?? (column === null ? 'nothing uses it' : 'its name and values fit');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

/** Values are shown plain only where they are safe and the case would hold them so, or the user's own policy keeps them. */
const showingOf = (
  privacy: PrivacyClass,
  policy: ColumnPolicy,
  profile: Profile,
  plan: ColumnPlan | undefined,
  values: readonly string[],
): Showing => {
  if (plan?.encode.kind === 'term' && policy.kind === 'keep' && !policy.guarded) return { as: 'open' };
  if (privacy !== 'safe') return { as: 'shapes' };
  const format = plan?.encode.kind === 'time' ? plan.encode.format : profile.time.format;
  const isTimes = plan?.encode.kind === 'time' || (plan === undefined && profile.time.share >= 0.9);
  if (isTimes && format !== undefined && format.kind !== 'day-step') {
    const parse = createTimeParser(format);
    const shown = (value: string): string | undefined => {
      const micros = parse(value.trim());
      if (Number.isNaN(micros)) return undefined;
      // What a preset makes of a time is for machines; a file's own way of writing it is not changed.
      return format.kind === 'epoch-us' ? new Date(micros / 1000).toISOString() : value;
    };
    return { as: 'times', shown };
  }
  if (profile.numberShare > 0.95 || plan?.encode.kind === 'number' || plan?.encode.kind === 'time')
    return { as: 'numbers' };
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const common = new Set([...counts].filter(([, count]) => count > 1).map(([value]) => value));
  return { as: 'categories', common };
};

/** A round width that cuts the middle of the values into about ten bins. */
const binWidthOf = (values: readonly string[]): number => {
  const numbers = Float64Array.from(values.map(Number).filter(Number.isFinite)).sort();
  const low = numbers[Math.floor(numbers.length * 0.05)] ?? 0;
  const high = numbers[Math.floor(numbers.length * 0.95)] ?? 0;
  const tenth = (high - low) / 10;
  return tenth > 0 ? 10 ** Math.round(Math.log10(tenth)) : 1;
};
