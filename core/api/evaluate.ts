import { basename } from 'node:path';
import {
  evaluateDetectors,
  evaluateKinds,
  joinLabels,
  labelOf,
  readLabels,
  requireBothKinds,
  type Evaluation,
  type KindEvaluation,
  type Labels,
} from '../evaluate/index.ts';
import { requireHeader } from '../evaluate/label-columns.ts';
import { pseudonymOf, readTable, type Entities } from '../ingest/index.ts';
import { loadLatestRun, type Case } from '../store/index.ts';
import { detectEntities, type EntityRequest } from './entities.ts';
import { NightjarError } from './errors.ts';
import { evaluatedFeedback } from './feedback/evaluated.ts';
import { notRanked } from './feedback/not-ranked.ts';
import type { Watch } from './progress.ts';

/** The `evaluate` document: metrics over the labelled actors with evidence. */
export type EvaluationReport = Evaluation & {
  /** Each planted or labelled kind against everybody labelled 0, where the labels name kinds. */
  readonly kinds: readonly KindEvaluation[];
  /** Labelled actors left out because they have too few events. */
  readonly insufficient: { readonly n: number; readonly positives: number };
  /** Ranked actors without a label, and labels without a ranked actor. */
  readonly unlabelled: number;
  readonly unmatched: number;
  /** Labelled actors left out because the re-ranking was told about them; 0 where the case was not re-ranked. */
  readonly told: number;
  /** What was left out or understood otherwise, in sentences. */
  readonly warnings: readonly string[];
};

export type EvaluateOptions = { readonly actorColumn?: string; readonly labelColumn?: string };

/**
 * Holds the latest run of a case against labels, and its re-ranking beside it as `feedback`, where there is one: then all are
 * judged by the actors that it was not told about. The labels' actors are raw identifiers (or tokens) and are
 * pseudonymised under the case key to be joined. Errors: `input` (no run, labels that are not understood, one class
 * only), `usage`, `vault` where the key is gone.
 */
export const evaluateCase = async (
  from: Case,
  labelsPath: string,
  options: EvaluateOptions = {},
): Promise<EvaluationReport> => {
  const run = await loadLatestRun(from.connection, 'detect');
  if (!run) throw notRanked(from.directory);
  const table = await readTable(labelsPath, basename(labelsPath));
  const labels = readLabels(table, options);
  const tokens = new Set(run.actors);
  const pseudonym = pseudonymOf(from.vault.pseudonymKey());
  requireHeader(table, options, (name) => tokens.has(name) || tokens.has(pseudonym(name)));
  const byActor = new Map(
    [...labels.byActor].map(([actor, label]) => [tokens.has(actor) ? actor : pseudonym(actor), label]),
  );
  const joined = joinLabels(run.actors, byActor);
  if (joined.rows.length === 0) {
    throw new NightjarError('input', 'No label belongs to an actor of the case.', {
      where: basename(labelsPath),
      next: 'Check the column that names the actor (--actor).',
    });
  }
  const ranked = new Set(run.queue.actors.filter((_, i) => run.queue.evidence[i] === 'ok'));
  const isRanked = (k: number): boolean => ranked.has(run.actors[joined.rows[k] ?? -1] ?? '');
  const feedback = await evaluatedFeedback(from, run);
  const isTold = (k: number): boolean => feedback?.isTold(run.actors[joined.rows[k] ?? -1] ?? '') ?? false;
  const labelled = Array.from(joined.rows.keys());
  const all = labelled.filter((k) => !isTold(k));
  if (all.length === 0) {
    throw new NightjarError('input', 'Every actor with a label was already named to the re-ranking.', {
      where: basename(labelsPath),
      next: 'Give labels of others, or take the re-ranking back with `nightjar rerank --case DIR --undo`.',
    });
  }
  const kept = all.filter(isRanked);
  const left = all.filter((k) => !isRanked(k));
  const shown = feedback === undefined ? run.detectors : [...run.detectors, feedback.detector];
  const detectors = shown.map(({ name, scores }) => ({
    name,
    scores: Float64Array.from(kept, (k) => scores[joined.rows[k] ?? -1] ?? Number.NaN),
  }));
  const binary = Uint8Array.from(kept, (k) => joined.labels[k] ?? 0);
  const kinds = kept.map((k) => joined.kinds[k] ?? '');
  return {
    ...evaluateDetectors(detectors, binary),
    kinds: evaluateKinds(detectors, binary, kinds),
    insufficient: { n: left.length, positives: left.filter((k) => joined.labels[k] === 1).length },
    unlabelled: joined.unlabelled,
    unmatched: joined.unmatched,
    told: labelled.length - all.length,
    warnings: warningsOf(labels, joined.unmatched),
  };
};

/**
 * Ranks an entity table without its label column and holds the ranking against it, where a row has a label; all rows are
 * ranked. Errors: as `detectEntities`; `input` for labels that are not understood or all alike, before anything is ranked.
 */
export const evaluateEntities = async (
  path: string,
  label: string,
  request: EntityRequest,
  watch: Watch = {},
): Promise<EvaluationReport> => {
  let labels: readonly (0 | 1 | undefined)[] = [];
  const check = (entities: Entities): void => {
    labels = entities.labels.map((text, row) => binaryLabel(text, label, row));
    requireBothKinds(Uint8Array.from(labels.filter((each) => each !== undefined)));
  };
  const { result, scores } = await detectEntities(path, { ...request, label, explained: 0, check }, watch);
  const judged = [...labels.keys()].filter((row) => labels[row] !== undefined);
  const detectors = scores.map(({ name, scores: all }) => ({
    name,
    scores: Float64Array.from(judged, (row) => all[row] ?? Number.NaN),
  }));
  const unlabelled = labels.length - judged.length;
  return {
    ...evaluateDetectors(
      detectors,
      Uint8Array.from(judged, (row) => labels[row] ?? 0),
    ),
    kinds: [],
    insufficient: { n: 0, positives: 0 },
    unlabelled,
    unmatched: 0,
    told: 0,
    warnings: [
      ...result.run.warnings,
      ...(unlabelled > 0 ? [`${unlabelled} rows have no label: they were ranked, and not judged.`] : []),
    ],
  };
};

const warningsOf = ({ skipped, conflicting }: Labels, unmatched: number): string[] => [
  ...(unmatched > 0 ? [`${unmatched} labels name nobody in the ranking and were left out.`] : []),
  ...(skipped > 0 ? [`${skipped} rows without an actor or a label were skipped.`] : []),
  ...(conflicting > 0 ? [`${conflicting} actors have rows that disagree: the majority counts, abuse at a tie.`] : []),
];

/** The label of a row; undefined where it has none. */
const binaryLabel = (text: string | null, column: string, row: number): 0 | 1 | undefined => {
  if (text === null || text.trim() === '') return undefined;
  const label = labelOf(text);
  if (label !== undefined) return label;
  throw new NightjarError('input', 'A label is not understood.', {
    where: `${column}, row ${row + 1} of those that were read`,
    next: 'Labels are 0 or 1, or words such as spam and ham; a row without one stays empty.',
  });
};
