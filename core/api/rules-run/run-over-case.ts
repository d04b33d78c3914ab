import { buildFeatures } from '../../features/index.ts';
import { availableColumns, importFiles, safeName, type PlanOptions } from '../../ingest/index.ts';
import { columnsOf, featuresOf } from '../../rules/export/columns.ts';
import { runRules, type RunCounts } from '../../rules/run/index.ts';
import type { Hit, Rule, RuleFeatures } from '../../rules/schema.ts';
import { createReaders, readFilledRuleColumns, readRuleEvents, type Case } from '../../store/index.ts';
import type { Watch } from '../progress.ts';
import { featuresFor } from '../rules/run-all.ts';
import { missingNames } from '../rules/missing-names.ts';
import { today } from '../rules/today.ts';

export type CaseRun = {
  readonly hits: readonly Hit[];
  readonly counts: RunCounts;
  /** What the reader must know, as sentences. */
  readonly notes: readonly string[];
};

/** Logs to import first, and how. */
export type CaseRunRequest = PlanOptions & { readonly inputs: readonly string[]; readonly threads: number };

/**
 * Runs rules over all events of a case, after logs were imported into it. Features, where rules ask for them, are those of
 * the latest ranking; where logs were imported, they are made of the events as they are now. Errors: those of the import,
 * `memory`, `cancelled`.
 */
export const runOverCase = async (
  opened: Case,
  rules: readonly Rule[],
  request: CaseRunRequest,
  watch: Watch = {},
): Promise<CaseRun> => {
  const { inputs } = request;
  const imported = inputs.length === 0 ? [] : await importFiles(opened, inputs, request, watch);
  const readers = createReaders(opened);
  try {
    const features =
      inputs.length === 0 ? await featuresFor(readers, rules) : await builtFeatures(opened, rules, watch);
    const columns = [...new Set(rules.flatMap(columnsOf))];
    const options = { day: today(), watch, isSorted: true, ...(features === undefined ? {} : { features }) };
    const { hits, counts } = await readers.read(
      (connection) => runRules(rules, readRuleEvents(connection, columns), options),
      watch.signal,
    );
    const notes = imported.flatMap((file, i) =>
      file.warnings.map((warning) => `${safeName(file.name, i)}: ${warning}`),
    );
    const known = await readers.read(readFilledRuleColumns, watch.signal);
    const made = [...(features?.columns.keys() ?? [])].map((name) => ({ name, unit: '', sentence: '' }));
    const missing = missingNames(rules, { columns: known, ...(features === undefined ? {} : { features: made }) });
    return { hits, counts, notes: [...notes, ...missing, ...withoutFeatures(rules, features)] };
  } finally {
    await readers.close();
  }
};

const builtFeatures = async (opened: Case, rules: readonly Rule[], watch: Watch): Promise<RuleFeatures | undefined> => {
  const named = new Set(rules.flatMap(featuresOf));
  if (named.size === 0 && rules.every(({ over }) => over === 'events')) return undefined;
  const available = await availableColumns(opened.connection);
  const { actors, names, columns } = (await buildFeatures(opened.connection, { available }, watch)).table;
  return { actors, columns: new Map(names.map((name, i) => [name, columns[i] ?? new Float64Array()])) };
};

const withoutFeatures = (rules: readonly Rule[], features: RuleFeatures | undefined): string[] =>
  features === undefined && rules.some((rule) => featuresOf(rule).length > 0)
    ? ['The case keeps no features of actors: conditions on features hold for nobody.']
    : [];
