import type { Random } from '../random/random.ts';
import { makeKernel, type Kernel } from './kernel.ts';
import { addLeafWeights } from './leaf-weights.ts';
import { deviationOf, posteriorOf, type Posterior } from './posterior.ts';
import type { Feedback, Label, Leaves, Prior } from './schema.ts';
import { thinLabels } from './thin-labels.ts';
import { topRows } from './top-rows.ts';

/** Log-odds of abuse of a row whose score is 0, and what each unit of score, ten times as extreme, adds. */
const BASE_LOG_ODDS = -2;
const PER_TAIL_RANK = 1;
const VARIANCES = { common: 1, view: 1, leaf: 10 };
/** Standard deviations added to the log-odds of a row: who is like nobody that was looked at may be anything. */
const CURIOSITY = 1;
/** Rows whose deviation is worked out. */
const TOP_ROWS = 300;

/** What a likeness of 1 with a label of pull 1 adds to the log-odds. */
export const PER_LIKENESS = VARIANCES.leaf;

/**
 * Ranks rows by the score without labels and by what was said about some of them. The log-odds of abuse are linear in the
 * score, in each detector's tail rank and in one weight per leaf of a forest, as in feedback-guided isolation forests (Das et
 * al. 2017; Siddiqui et al. 2018). The weights start where they leave the order as it was; labels move them to the most
 * probable ones: Bayesian logistic regression, solved over the labelled rows (Rasmussen & Williams 2006, sections 2.7 and
 * 3.4) instead of step by step. The first 300 rows are ordered by the upper confidence bound (Auer 2002), so that early
 * misses do not stall the search. Labels of one class are enough; without labels the order is the prior's. All constants
 * were chosen by measurement over many tables at once.
 */
export const rankWithLabels = (prior: Prior, leaves: Leaves, labels: readonly Label[], random: Random): Feedback => {
  const used = thinLabels(labels, random);
  const kernel = makeKernel(prior, leaves, used, VARIANCES);
  const posterior = posteriorOf(
    kernel.among(),
    Float64Array.from(used, ({ row }) => BASE_LOG_ODDS + PER_TAIL_RANK * (prior.score[row] ?? 0)),
    used.map(({ isAbuse }) => isAbuse),
  );
  const { pull } = posterior;
  const weighted = (factor: (row: number) => number): number =>
    pull.reduce((total, value, i) => total + value * factor(used[i]?.row ?? 0), 0);
  const gains = prior.views.map(
    ({ tailRank, weight }) => VARIANCES.view * weight * weighted((row) => tailRank[row] ?? 0),
  );
  const logOdds = new Float64Array(leaves.rows).fill(BASE_LOG_ODDS + VARIANCES.common * weighted(() => 1));
  addTimes(logOdds, prior.score, PER_TAIL_RANK);
  prior.views.forEach(({ tailRank }, v) => addTimes(logOdds, tailRank, gains[v] ?? 0));
  addLeafWeights(logOdds, leaves, used, pull, VARIANCES.leaf);
  const highest = topRows(logOdds, TOP_ROWS + used.length);
  const top = used.length === 0 ? highest : curiousOrder(highest, logOdds, kernel, posterior);
  return {
    logOdds,
    top,
    order: () => wholeOrder(top, logOdds),
    viewWeights: Float64Array.from(prior.views, ({ weight }, v) => PER_TAIL_RANK * weight + (gains[v] ?? 0)),
    used,
    pull,
  };
};

const addTimes = (into: Float64Array, values: Float64Array, factor: number): void => {
  // Hot loop: every row of every view; both are equally long.
  for (let i = 0; i < into.length; i++) into[i]! += values[i]! * factor;
};

const curiousOrder = (rows: Uint32Array, logOdds: Float64Array, kernel: Kernel, posterior: Posterior): Uint32Array => {
  const bounds = Float64Array.from(
    rows,
    (row) => (logOdds[row] ?? 0) + CURIOSITY * deviationOf(posterior, kernel.own(row), kernel.withLabels(row)),
  );
  const places = Uint32Array.from(rows, (_, place) => place);
  return places.sort((a, b) => (bounds[b] ?? 0) - (bounds[a] ?? 0) || a - b).map((place) => rows[place] ?? 0);
};

const wholeOrder = (top: Uint32Array, logOdds: Float64Array): Uint32Array => {
  const first = new Set(top);
  const rest = Uint32Array.from(logOdds, (_, row) => row).filter((row) => !first.has(row));
  rest.sort((a, b) => (logOdds[b] ?? 0) - (logOdds[a] ?? 0) || a - b);
  const order = new Uint32Array(logOdds.length);
  order.set(top);
  order.set(rest, top.length);
  return order;
};
