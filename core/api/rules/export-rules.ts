import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ReleaseFile } from '../../release/release-file/index.ts';
import { exportRule, type ExportFile } from '../../rules/export/index.ts';
import type { Rule } from '../../rules/schema.ts';
import { createReaders, makeDirectory, type Case, type RuleState } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import type { Watch } from '../progress.ts';
import { coverageMetrics } from '../rule-coverage/metrics.ts';
import { featureSqlOf } from './feature-sql.ts';
import { findLeaks, findLeaksAlone, type RuleLeakFound } from './find-leaks.ts';
import { asWritten } from './rules-file.ts';
import type { RunPlace } from './run-all.ts';
import { exporterOf } from './targets.ts';
import { today } from './today.ts';
import { vocabularyOf } from './vocabulary.ts';

export type ExportRequest = {
  readonly rules: readonly Rule[];
  /** Name of an exporter, such as `sql:duckdb`. */
  readonly target: string;
  /** Table or source of events, and table of features, in the target. Default: `events`, `features`. */
  readonly events?: string;
  readonly features?: string;
  /** Names in the target of our event columns. */
  readonly fields?: ReadonlyMap<string, string>;
  /** How far rules are, by id; what is not in it is a draft. */
  readonly states?: ReadonlyMap<string, RuleState>;
  /** A release of how far the one rule reaches, for its card. */
  readonly released?: ReleaseFile;
};

export type PlannedExport = {
  readonly files: readonly ExportFile[];
  /** Where the target says less than a rule, in words. */
  readonly differences: readonly { readonly rule: string; readonly differences: readonly string[] }[];
  /** Rules that the target cannot say. */
  readonly refused: readonly { readonly rule: string; readonly reasons: readonly string[] }[];
  /** Why rules may not leave. */
  readonly leaks: readonly RuleLeakFound[];
  /** Whether a case was there to say how many actors everything is about. */
  readonly isSupportChecked: boolean;
};

/**
 * What an export would write, and what stands in its way. Without a case it is not known how many actors a rule is about, which
 * `isSupportChecked` says. Errors: `usage` for a target there is not, `input` for a release
 * of something else, `cancelled`.
 */
export const planExport = async (
  place: RunPlace | undefined,
  { rules, target, events = 'events', features = 'features', fields = new Map(), states, released }: ExportRequest,
  watch: Watch = {},
): Promise<PlannedExport> => {
  const exporter = exporterOf(target);
  const vocabulary = place === undefined ? undefined : await vocabularyOf(place.readers, watch.signal);
  const options = {
    events,
    features,
    fields,
    date: today(),
    ...(states === undefined ? {} : { states }),
    ...(vocabulary === undefined || place === undefined
      ? {}
      : { vocabulary: vocabulary.features, featureSql: await featureSqlOf(place.readers, vocabulary, watch.signal) }),
  };
  const exported = rules.map((rule) => {
    const metrics = released === undefined ? [] : coverageMetrics(released, rule);
    return { rule, ...exportRule(rule, exporter, { ...options, metrics }) };
  });
  const narrowed = exported.flatMap(({ translation }) => (translation.kind === 'narrowed' ? [translation.rule] : []));
  const leaks = place === undefined ? findLeaksAlone(rules) : await findLeaks(place, rules, watch);
  // What leaves is the rule, on its card, and what the target runs of it.
  const more = place === undefined ? findLeaksAlone(narrowed) : await leaksOfEach(place, narrowed, watch);
  const known = new Set(leaks.map(keyOf));
  return {
    files: onceEach(exported.flatMap(({ files, about }) => [...files, ...about])),
    differences: exported.flatMap(({ rule, translation }) =>
      translation.kind === 'narrowed' ? [{ rule: rule.id, differences: translation.differences }] : [],
    ),
    refused: exported.flatMap(({ rule, translation }) =>
      translation.kind === 'refused' ? [{ rule: rule.id, reasons: translation.reasons }] : [],
    ),
    leaks: [...leaks, ...more.filter((leak) => !known.has(keyOf(leak)))],
    isSupportChecked: place !== undefined,
  };
};

/**
 * Writes the files of rules for a target into a folder, which is made where it is not there. Journalled where there is a case.
 * Nothing is written, and `isWritten` is false, while a rule would give something away or the target cannot say it. Errors:
 * `usage` for a target there is not; `input` for a folder that cannot be written to; `disk-full`; `cancelled`.
 */
export const exportRules = async (
  from: Case | undefined,
  request: ExportRequest,
  directory: string,
  watch: Watch = {},
): Promise<PlannedExport & { readonly isWritten: boolean }> => {
  const readers = from === undefined ? undefined : createReaders(from);
  try {
    const plan = await planExport(readers && { readers, day: today() }, request, watch);
    const isWritten = plan.leaks.length === 0 && plan.refused.length === 0;
    if (isWritten) writeExport(from, request, plan, directory);
    return { ...plan, isWritten };
  } finally {
    await readers?.close();
  }
};

/** Errors: `input` while something stands in the way, with the first reason. */
export const requireExportable = ({ leaks, refused, files }: PlannedExport): void => {
  const [leak] = leaks;
  if (leak !== undefined) {
    const { rule, message, hint } = leak;
    throw new NightjarError('input', `${message}${andMore(leaks.length)}`, { where: rule, next: hint });
  }
  const [no] = refused;
  if (no !== undefined) {
    const [reason = 'The target cannot say this rule.'] = no.reasons;
    const next = 'Leave the rule out, change it, or choose another target.';
    throw new NightjarError('input', `${reason}${andMore(refused.length)}`, { where: no.rule, next });
  }
  if (files.length === 0) throw new NightjarError('input', 'There is nothing to export.', { next: 'Name some rules.' });
};

/** Writes what was planned (null: whoever calls does) and, where there is a case, its journal. The names are told. */
export const writeExport = (
  from: Pick<Case, 'journal'> | undefined,
  { rules, target }: Pick<ExportRequest, 'rules' | 'target'>,
  { files }: PlannedExport,
  directory: string | null,
): readonly string[] => {
  from?.journal.append('rules.exported', {
    target,
    rules: rules.map(({ id }) => id),
    files: files.map(({ name, text }) => ({ name, sha256: createHash('sha256').update(text).digest('hex') })),
  });
  const names = files.map(({ name }) => name);
  if (directory === null) return names;
  try {
    makeDirectory(directory, 0o777);
    for (const { name, text } of files) writeFileSync(join(directory, name), text, { mode: 0o600 });
  } catch (error) {
    throw asWritten(error, basename(directory));
  }
  return names;
};

/** What targets need once for all rules has one name and one text. */
const onceEach = (files: readonly ExportFile[]): readonly ExportFile[] => [
  ...new Map(files.map((file) => [file.name, file])).values(),
];

const andMore = (count: number): string => (count > 1 ? ` (and ${count - 1} more)` : '');

const keyOf = ({ rule, code, at }: RuleLeakFound): string => JSON.stringify([rule, code, at]);

/** Of each by itself: two forms of one rule are one rule. */
const leaksOfEach = async (
  place: RunPlace,
  rules: readonly Rule[],
  watch: Watch,
): Promise<readonly RuleLeakFound[]> => {
  const found: RuleLeakFound[] = [];
  for (const rule of rules) found.push(...(await findLeaks(place, [rule], watch)));
  return found;
};
