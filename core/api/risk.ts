import {
  assessRisk,
  knowableColumns,
  leastClassSize,
  meaningOf,
  parseActorColumns,
  quasiColumn,
  sensitiveColumn,
  suggestPolicies,
  tradeOff,
  type DetectionCost,
  type Policy,
  type RiskAssessment,
  type Suggestions,
  type TradeOffPoint,
} from '../anonymize/risk/index.ts';
import { availableColumns } from '../ingest/index.ts';
import { loadLatestRun, type Case } from '../store/index.ts';
import { readRiskRows } from '../store/index.ts';
import { NightjarError, throwIfCancelled } from './errors.ts';
import { readRunManifest } from './explore/manifest.ts';
import type { Watch } from './progress.ts';
import { detectionCost, loadBefore, type RunWatch } from './risk/detection-cost.ts';
import { labelsFor } from './risk/labels.ts';

export type RiskRequest = {
  /** Names as `parseActorColumns` understands them. */
  readonly quasi: readonly string[];
  readonly sensitive?: readonly string[];
  /** Default 5. */
  readonly k?: number;
  /** Default 0.09, as the European Medicines Agency's guidance on policy 0070 has it; 1 in 11 is just above, 1 in 12 below. */
  readonly threshold?: number;
  /** Share of the population that the case holds; left out: the case counts as the population. */
  readonly samplingFraction?: number;
  /** How many suggestions are ranked anew to see what they cost detection. Default 3. */
  readonly measured?: number;
  /** Table of actors and labels for ROC AUC; left out: the verdicts of the case. */
  readonly labels?: string;
  /** For ranking anew. */
  readonly threads?: number;
};

/** Counts, shares and names of columns; no value of any actor, and no actor. */
export type RiskReport = RiskAssessment & {
  /** Everybody that is suggested to stay is one of at least so many: k, or what the threshold asks for where that is more. */
  readonly target: number;
  readonly suggestions: Suggestions;
  readonly tradeOff: readonly TradeOffPoint[];
  readonly notes: readonly string[];
};

const DEFAULT_K = 5;
const DEFAULT_THRESHOLD = 0.09;
const DEFAULT_MEASURED = 3;

/**
 * Re-identification risk of the actors of a case under a set of quasi-identifiers, what could be done, and what that costs
 * detection, measured by ranking anew. Journalled as `risk.assessed` with the names of the columns. The case's events
 * and ranking stay as they are. Errors: `usage` for unknown columns or options out of range, `input` for an empty case,
 * those of detectors, `cancelled`.
 */
export const assessCaseRisk = async (from: Case, request: RiskRequest, watch: Watch = {}): Promise<RiskReport> => {
  const k = request.k ?? DEFAULT_K;
  const threshold = request.threshold ?? DEFAULT_THRESHOLD;
  const known = await knownColumns(from);
  const specs = parseActorColumns(request.quasi, known, '--quasi');
  const hidden = parseActorColumns(request.sensitive ?? [], known, '--sensitive');
  const knownOnes = new Set(specs.map(meaningOf));
  if (hidden.some((each) => knownOnes.has(meaningOf(each)))) {
    throw new NightjarError('usage', 'A column cannot be known and to be protected at once.', {
      where: '--sensitive',
      next: 'Name it in one of the two.',
    });
  }
  from.journal.append('risk.assessed', { quasi: [...request.quasi], sensitive: [...(request.sensitive ?? [])], k });
  watch.onProgress?.({ stage: 'Read actors', done: 0, unit: 'actors' });
  const rows = await readRiskRows(from.connection, [...specs, ...hidden]);
  throwIfCancelled(watch.signal);
  const tell = (stage: string, done: number, total: number, unit: string): void =>
    watch.onProgress?.({ stage, done, total, unit });
  tell('Read actors', rows.actors.length, rows.actors.length, 'actors');
  const sourceOf = (i: number) =>
    rows.columns[i] ?? { kind: 'number' as const, values: new Float64Array(0), unit: 'number' as const };
  const columns = specs.map(({ name }, i) => quasiColumn(name, sourceOf(i)));
  const sensitive = hidden.map(({ name }, i) => sensitiveColumn(name, sourceOf(specs.length + i)));
  const options = { k, threshold, samplingFraction: request.samplingFraction ?? null };
  tell('Assess the risk', 0, columns.length, 'columns');
  const assessed = await assessRisk(columns, sensitive, options, watch);
  tell('Assess the risk', columns.length, columns.length, 'columns');
  const target = Math.max(k, leastClassSize(threshold));
  watch.onProgress?.({ stage: 'Find suggestions', done: 0, unit: 'judged' });
  const suggestions = await suggestPolicies(rows.actors.length, columns, target, watch);
  tell('Find suggestions', suggestions.judged, suggestions.judged, 'judged');

  // A step by itself may be among the best: one policy is measured, and told, once.
  const policies = distinct([...suggestions.best, ...suggestions.oneStep]);
  const run: RunWatch = {
    ...(watch.signal === undefined ? {} : { signal: watch.signal }), // a ranking's own stages would say nothing of how many
    ...(request.threads === undefined ? {} : { threads: request.threads }),
  };
  const most = request.measured ?? DEFAULT_MEASURED;
  const actors = new Set(rows.actors);
  const before =
    most === 0
      ? null
      : await loadBefore(from, known.events.size > 0, await labelsFor(from, request.labels, (a) => actors.has(a)), run);
  const toMeasure = before === null ? 0 : Math.min(most, policies.length);
  const measured: { policy: Policy; detection: DetectionCost | null }[] = [
    { policy: suggestions.asItIs, detection: null },
  ];
  for (const [i, policy] of policies.entries()) {
    if (before === null || i >= toMeasure) {
      measured.push({ policy, detection: null });
      continue;
    }
    tell('Rank anew', i, toMeasure, 'rankings');
    const generalised = { actors: rows.actors, specs, columns, levels: policy.levels, k: target };
    measured.push({ policy, detection: await detectionCost(from, generalised, before, run) });
    tell('Rank anew', i + 1, toMeasure, 'rankings');
  }
  return {
    ...assessed,
    target,
    suggestions,
    tradeOff: tradeOff(measured),
    notes:
      before === null && most > 0
        ? ['Nobody has been ranked yet, so what a change costs detection was not measured.']
        : [],
  };
};

const distinct = (policies: readonly Policy[]): readonly Policy[] => {
  const keys = policies.map(({ levels }) => levels.join());
  return policies.filter((_, i) => keys.indexOf(keys[i] ?? '') === i);
};

/** Names that quasi-identifiers and sensitive columns are made of. Errors: `input` for an empty case. */
export const riskColumns = async (
  from: Case,
): Promise<{ readonly events: readonly string[]; readonly features: readonly string[] }> => {
  const { events, features } = await knownColumns(from);
  return { events: knowableColumns(events), features: [...features] };
};

const knownColumns = async (from: Case) => {
  const events = await availableColumns(from.connection);
  const run = await loadLatestRun(from.connection, 'detect');
  const features = new Set(run === undefined ? [] : readRunManifest(run.manifest).features);
  if (events.size > 0 || features.size > 0) return { events, features };
  throw new NightjarError('input', 'The case holds nobody.', { where: from.directory, next: 'Import a log first.' });
};
