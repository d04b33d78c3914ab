import { dropLatestRun, readDecisions, saveRun, type Case, type Verdict } from '../../store/index.ts';
import { VERSION } from '../../version.ts';
import { NightjarError } from '../errors.ts';
import type { Watch } from '../progress.ts';
import { prepareGround, type Ground } from './ground.ts';
import { labelsOf, rerank, type Reranked } from './reranked.ts';
import { whyMoved, type Likeness } from './why-moved.ts';

/** Actors at the top of the queue whose move is explained. */
const EXPLAINED = 1000;

export type RerankedActor = {
  readonly actor: string;
  readonly rank: number;
  /** In the ranking without labels. */
  readonly rankBefore: number;
  readonly verdict: Verdict | null;
  /** The place in the queue as one in 10^score. */
  readonly score: number;
  readonly percentile: number;
  /** Of the ranking without labels; null without evidence. */
  readonly pValue: number | null;
  readonly evidence: string;
  readonly events: number;
  /** Of abuse, as far as score and labels tell. */
  readonly logOdds: number;
  readonly because: readonly Likeness[];
  /** Why it moved, as one sentence. */
  readonly why: string | null;
};

/** The `rerank` document. */
export type RerankResult = {
  readonly run: {
    readonly version: string;
    readonly id: string;
    /** The ranking it starts from. */
    readonly base: string;
    readonly seed: number;
    readonly labels: {
      readonly abuse: number;
      readonly benign: number;
      readonly unsure: number;
      readonly used: number;
    };
    /** What each detector's word counts, before and after the labels. */
    readonly detectors: readonly { readonly name: string; readonly before: number; readonly after: number }[];
    readonly elapsedMs: number;
    readonly warnings: readonly string[];
  };
  readonly actors: readonly RerankedActor[];
};

/**
 * Ranks a case anew by the verdicts in it and keeps the queue as a run of its own, of kind `rerank`; the ranking it starts
 * from stays as it is. Errors: `input` where there is no ranking or no verdict abuse or benign; `cancelled`.
 */
export const rerankCase = async (into: Case, watch: Watch = {}): Promise<RerankResult> => {
  const startedAt = performance.now();
  const ground = await prepareGround(into, watch);
  const decisions = await readDecisions(into.connection);
  const known = [...decisions].filter(([actor]) => ground.rowOf.has(actor));
  const count = (wanted: Verdict): number => known.filter(([, { verdict }]) => verdict === wanted).length;
  const told = labelsOf(ground, decisions).map(({ row }) => ground.run.actors[row] ?? '');
  if (told.length === 0) {
    throw new NightjarError('input', 'Nobody in the ranking has been called abusive or benign yet.', {
      where: into.directory,
      next: 'Decide about actors in the app, or give labels with `nightjar label --case DIR --labels FILE`.',
    });
  }
  const reranked = rerank(ground, decisions);
  const { feedback } = reranked;
  const labels = {
    abuse: count('abuse'),
    benign: count('benign'),
    unsure: count('unsure'),
    used: feedback.used.length,
  };
  const detectors = ground.prior.views.map(({ name, weight }, v) => ({
    name,
    before: weight,
    after: feedback.viewWeights[v] ?? weight,
  }));
  const warnings = warningsOf(labels, decisions.size - known.length);
  const base = ground.run.runId;
  const manifest = { version: VERSION, base, seed: ground.seed, labels, detectors, warnings };
  const counts = { base, ...labels };
  const id = await saveRun(
    into.connection,
    { kind: 'rerank', manifest: { ...manifest, told }, ...columnsOf(ground, reranked) },
    (runId) => void into.journal.append('feedback.reranked', { run: runId, ...counts }),
  );
  const verdictOf = (actor: string): Verdict | null => decisions.get(actor)?.verdict ?? null;
  const actors = actorsOf(ground, reranked, verdictOf);
  return { run: { ...manifest, id, elapsedMs: Math.round(performance.now() - startedAt) }, actors };
};

/** Takes the latest re-ranking away: the one before it, or the ranking without labels, is the latest again. Returns its id; null where there is none. */
export const undoRerank = async (into: Case): Promise<string | null> =>
  (await dropLatestRun(into.connection, 'rerank', (run) => void into.journal.append('feedback.undone', { run }))) ??
  null;

const warningsOf = (labels: RerankResult['run']['labels'], strangers: number): string[] => {
  const warnings: string[] = [];
  const all = labels.abuse + labels.benign;
  if (labels.used < all) warnings.push(`Of ${all} labels ${labels.used} were used: the rest were left out by chance.`);
  if (strangers > 0) warnings.push(`${strangers} verdicts are about actors that this ranking does not have.`);
  if (labels.abuse === 0) warnings.push('Nobody was called abusive yet: the labels only say where not to look.');
  return warnings;
};

const columnsOf = ({ run, placeOf }: Ground, { rows, score, percentile }: Reranked) => {
  const { queue } = run;
  const place = (i: number): number => placeOf[rows[i] ?? 0] ?? 0;
  const moved = (values: Float64Array): Float64Array =>
    Float64Array.from(rows, (_, i) => values[place(i)] ?? Number.NaN);
  const texts = <T>(values: readonly T[], otherwise: T): T[] =>
    Array.from(rows, (_, i) => values[place(i)] ?? otherwise);
  const byRow = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    byRow[row] = score[i] ?? 0;
  });
  return {
    actors: run.actors,
    detectors: [{ name: 'feedback', scores: byRow }],
    queue: {
      actors: texts(queue.actors, ''),
      scores: score,
      percentiles: percentile,
      pValues: moved(queue.pValues),
      evidence: texts(queue.evidence, 'insufficient'),
      events: moved(queue.events),
      reasons: texts(queue.reasons, null),
    },
  };
};

const actorsOf = (
  ground: Ground,
  { feedback, rows, score, percentile }: Reranked,
  verdictOf: (actor: string) => Verdict | null,
): RerankedActor[] => {
  const { queue, actors } = ground.run;
  const why = whyMoved(ground, feedback);
  return Array.from(rows, (row, i) => {
    const place = ground.placeOf[row] ?? 0;
    const actor = actors[row] ?? '';
    const pValue = queue.pValues[place] ?? Number.NaN;
    const moved = i < EXPLAINED ? why(row) : { because: [], sentence: null };
    return {
      actor,
      rank: i + 1,
      rankBefore: place + 1,
      verdict: verdictOf(actor),
      score: score[i] ?? 0,
      percentile: percentile[i] ?? 0,
      pValue: Number.isNaN(pValue) ? null : pValue,
      evidence: queue.evidence[place] ?? 'insufficient',
      events: queue.events[place] ?? 0,
      logOdds: feedback.logOdds[row] ?? 0,
      because: moved.because,
      why: moved.sentence,
    };
  });
};
