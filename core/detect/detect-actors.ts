import { NightjarError } from '../api/errors.ts';
import type { Watch } from '../api/progress.ts';
import { seededRandom, type Random } from '../random/index.ts';
import type { Interactions } from '../table/interactions.ts';
import type { FeatureTable } from '../table/table.ts';
import { calibrateQueue } from './calibration/index.ts';
import type { ListedDetector } from './detector.ts';
import { DETECTORS } from './detectors.ts';
import { combineEvidence, combineTailRanks, DEFAULT_DETECTORS, ensembleCard, standing } from './ensemble/index.ts';
import { peersFirst } from './evidence.ts';
import { fitParts, toTableOrder, type FittedPart } from './fit-parts.ts';
import { makePace } from './pace.ts';
import { makeRescore } from './rescore.ts';
import { makeScaled } from './scaled-table.ts';
import type { BackendName, Calibration, Detection, Evidence, Run, TwinGroup } from './schema.ts';
import { tailCurve } from './tail-curve.ts';

export type DetectOptions = {
  readonly seed: number;
  /** Names from `DETECTORS`; default `DEFAULT_DETECTORS`. */
  readonly detectors?: readonly string[];
  /** Events below which an actor has too little evidence to be ranked: 1 for an entity table. */
  readonly minEvents: number;
  readonly threads?: number;
  readonly backend?: BackendName;
  /** What the actors did to which objects when, asked for when a detector needs it; actors are rows of the table. */
  readonly interactions?: () => Promise<Interactions | undefined>;
};

/**
 * Scores and ranks the actors of a table. Detectors are fitted on the actors with at least
 * `minEvents` events; the others are scored by the same models but listed after all of them. When
 * fewer than two have evidence, all actors are compared and a warning says so. The same table and
 * seed give the same numbers for any number of threads, on one backend. Throws `input` for a table
 * without actors or features, `usage` for an unknown detector, `cancelled`.
 */
export const detectActors = async (
  table: FeatureTable,
  options: DetectOptions,
  watch: Watch = {},
): Promise<Detection> => {
  const chosen = chooseDetectors(options.detectors);
  requireActors(table);
  const pace = makePace(watch);
  const { rows, peers, hasEvidence, ...split } = peersFirst(table, options.minEvents);
  const warnings = [...split.warnings];
  const scaled = makeScaled(table, rows, peers, warnings, pace);
  const features = (await scaled('linear')).matrix.names;
  const run: Run = { ...watch, ...pick(options) };
  const random = seededRandom(options.seed);

  const usable = peers < 2 || features.length === 0 ? [] : chosen;
  const beside = await besideOf(usable, options, rows);
  const fitted = await fitParts(usable, { rows, peers }, scaled, features, random, run, beside, pace);
  const { parts, agreement, models, leftOut, inTableOrder } = fitted;
  for (const { name, because } of leftOut) warnings.push(`${name} was left out: ${because}.`);
  if (parts.length === 0) warnings.push('No detector could tell the actors apart: all rank equal.');

  const oddParts = parts.filter(({ evidence }) => evidence === 'odd');
  const combined = combineTailRanks(oddParts, rows.length);
  const odd = standing(combined, peers).tailRank;
  const isLog = options.interactions !== undefined;
  const saysEnough = (row: number): boolean => !isLog || (table.events[row] ?? 0) >= LEAST_EVENTS_ALIKE;
  const likeness = strongest(parts.filter(({ evidence }) => evidence === 'alike'));
  const alike = likeness?.map((value, i) => (saysEnough(rows[i] ?? 0) ? value : 0));
  const score = combineEvidence(
    oddParts.length === 0 && alike !== undefined ? new Float64Array(rows.length) : odd,
    alike,
  );
  await pace();
  const place = standing(score, peers);
  const calibrated = await calibrate(combined, parts, alike, peers, rows, random.fork('calibration'), run);
  await pace();

  const ordered = toTableOrder(score, rows);
  const ties = toTableOrder(combined, rows);
  const oddCurve = tailCurve(combined.subarray(0, peers));
  const again = makeRescore(
    features,
    oddParts.map((part) => ({ ...part, peerScores: part.score.subarray(0, peers) })),
  );
  return {
    actors: table.actors,
    events: table.events,
    evidence: table.actors.map((_, i): Evidence => (hasEvidence(i) ? 'ok' : 'insufficient')),
    order: table.actors
      .map((_, i) => i)
      .sort(
        (a, b) =>
          Number(hasEvidence(b)) - Number(hasEvidence(a)) ||
          (ordered[b] ?? 0) - (ordered[a] ?? 0) ||
          (ties[b] ?? 0) - (ties[a] ?? 0) ||
          a - b,
      ),
    score: ordered,
    odd: toTableOrder(odd, rows),
    alike: alike === undefined ? undefined : toTableOrder(alike, rows),
    percentile: toTableOrder(place.percentile, rows),
    pValue: calibrated.pValue.map((p, i) => (hasEvidence(i) ? p : Number.NaN)),
    qValue: calibrated.qValue.map((q, i) => (hasEvidence(i) ? q : Number.NaN)),
    calibration: calibrated.calibration,
    card: ensembleCard(parts, leftOut, options.detectors === undefined ? 'default' : 'user', agreement),
    groups: parts.flatMap(({ fitted: detector }) => detector.groups().map((group) => inTable(group, rows))),
    parts: inTableOrder,
    features,
    backend: parts.find((part) => part.fitted.backend !== undefined)?.fitted.backend,
    models,
    warnings,
    rescore: async (changed, how) => (await again(changed, how)).map(oddCurve),
  };
};

const chooseDetectors = (names: readonly string[] = DEFAULT_DETECTORS): readonly ListedDetector[] => {
  const known = DETECTORS.map((detector) => detector.name);
  if (names.length === 0 || names.some((name) => !known.includes(name))) {
    throw new NightjarError('usage', 'There is no detector of that name.', {
      where: 'detectors',
      next: `Choose from ${known.join(', ')}.`,
    });
  }
  return DETECTORS.filter((detector) => names.includes(detector.name));
};

const requireActors = (table: FeatureTable): void => {
  if (table.actors.length === 0) {
    throw new NightjarError('input', 'There are no actors to rank.', {
      where: 'feature table',
      next: 'Check that the mapping names the column that says who acted.',
    });
  }
  if (table.columns.length === 0) {
    throw new NightjarError('input', 'There are no features to compare actors by.', {
      where: 'feature table',
      next: 'Map more columns, or keep at least one numeric column.',
    });
  }
};

/** Interactions with the rows of the matrices for actors; only read for a detector that looks for likeness. */
const besideOf = async (
  detectors: readonly ListedDetector[],
  options: DetectOptions,
  rows: readonly number[],
): Promise<{ readonly interactions?: Interactions }> => {
  if (!detectors.some(({ evidence }) => evidence === 'alike')) return {};
  const interactions = await options.interactions?.();
  if (interactions === undefined) return {};
  const placeOf = new Uint32Array(rows.length);
  rows.forEach((row, k) => {
    placeOf[row] = k;
  });
  return { interactions: { ...interactions, actors: interactions.actors.map((row) => placeOf[row] ?? 0) } };
};

/** Events below which an actor of a log cannot count as alike: a single event is one choice, and visitors make the same one. */
const LEAST_EVENTS_ALIKE = 2;

/** Per row the strongest of several kinds of likeness; undefined without any. */
const strongest = (parts: readonly FittedPart[]): Float64Array | undefined => {
  const [first, ...others] = parts;
  return others.reduce(
    (best, { tailRank }) => best?.map((value, i) => Math.max(value, tailRank[i] ?? 0)),
    first?.tailRank,
  );
};

/** The score whose ordinary values end where others begin, so that a tail can be bounded: see `calibrateQueue`. */
const BOUNDED = 'isolationForest';

const calibrate = async (
  combined: Float64Array,
  parts: readonly FittedPart[],
  alike: Float64Array | undefined,
  peers: number,
  rows: readonly number[],
  random: Random,
  run: Run,
): Promise<{ readonly pValue: Float64Array; readonly qValue: Float64Array; readonly calibration: Calibration }> => {
  const bounded = parts.find(({ name }) => name === BOUNDED)?.score.slice(0, peers);
  const alikeP = alike?.slice(0, peers).map((decades) => 10 ** -decades);
  const result = await calibrateQueue({
    oddScore: combined.slice(0, peers),
    ...(bounded === undefined ? {} : { boundedScore: bounded }),
    ...(alikeP === undefined ? {} : { alikeP }),
    random,
    run,
  });
  const { pValue, qValue, curve, method, assumptions, identifiable, nullShare } = result;
  const spread = (values: Float64Array): Float64Array => {
    const all = new Float64Array(rows.length).fill(Number.NaN);
    all.set(values);
    return toTableOrder(all, rows);
  };
  const order = curve.order.map((k) => rows[k] ?? 0);
  const calibration = { method, assumptions, identifiable, nullShare, curve: { ...curve, order } };
  return { pValue: spread(pValue), qValue: spread(qValue), calibration };
};

const inTable = (group: TwinGroup, rows: readonly number[]): TwinGroup => ({
  ...group,
  members: group.members.map((k) => rows[k] ?? 0),
});

const pick = ({ threads, backend }: DetectOptions): Pick<Run, 'threads' | 'backend'> => ({
  ...(threads === undefined ? {} : { threads }),
  ...(backend === undefined ? {} : { backend }),
});
