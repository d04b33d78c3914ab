import { NightjarError } from '../api/errors.ts';
import type { Watch } from '../api/progress.ts';
import { seededRandom } from '../random/index.ts';
import type { FeatureTable } from '../table/table.ts';
import { attributeRows } from './attribute-rows.ts';
import type { ListedDetector } from './detector.ts';
import { DETECTORS } from './detectors.ts';
import { peersFirst } from './evidence.ts';
import { makePace } from './pace.ts';
import { saveScaler } from './scale-file.ts';
import { firstRows, makeScaled } from './scaled-table.ts';
import { combineTailRanks, standing, WEIGHTS } from './ensemble.ts';
import type { BackendName, Detection, DetectorPart, Evidence, ModelFile, Run } from './schema.ts';

export type DetectOptions = {
  readonly seed: number;
  /** Names from `DETECTORS`; default all. */
  readonly detectors?: readonly string[];
  /** Events below which an actor has too little evidence to be ranked: 1 for an entity table. */
  readonly minEvents: number;
  readonly threads?: number;
  readonly backend?: BackendName;
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
  requireContent(table);
  const pace = makePace(watch);
  const { rows, peers, hasEvidence, ...split } = peersFirst(table, options.minEvents);
  const warnings = [...split.warnings];
  const scaled = makeScaled(table, rows, peers, warnings, pace);
  const features = (await scaled('linear')).matrix.names;
  const run: Run = { ...watch, ...pick(options) };
  const random = seededRandom(options.seed);

  const parts: DetectorPart[] = [];
  const models: ModelFile[] = [];
  let backend: Detection['backend'];
  const usable = peers < 2 || features.length === 0 ? [] : chosen;
  for (const detector of usable) {
    if (peers < detector.needs.minRows) {
      warnings.push(`${detector.name} was left out: it needs ${detector.needs.minRows} actors, there are ${peers}.`);
      continue;
    }
    const { matrix } = await scaled(detector.needs.scale);
    const fitted = await detector.fit(firstRows(matrix, peers), random.fork(detector.name), run);
    await pace();
    const score = await fitted.score(matrix, run);
    const attribute = attributeRows(fitted, matrix, rows, features);
    await pace();
    const { tailRank } = standing(score, peers);
    await pace();
    parts.push({
      name: detector.name,
      score: toTableOrder(score, rows),
      tailRank: toTableOrder(tailRank, rows),
      weight: WEIGHTS[detector.name] ?? 1,
      attribute,
    });
    models.push({ name: detector.name, bytes: fitted.save() });
    backend ??= fitted.backend;
  }
  if (parts.length === 0) warnings.push('No detector could tell the actors apart: all rank equal.');
  for (const mode of scaled.used()) {
    models.push({ name: `scaler-${mode}`, bytes: saveScaler((await scaled(mode)).scaler) });
  }

  const score = combineTailRanks(parts, rows.length);
  const place = standing(
    Float64Array.from(rows, (row) => score[row] ?? 0),
    peers,
  );
  await pace();
  const evidence = table.actors.map((_, i): Evidence => (hasEvidence(i) ? 'ok' : 'insufficient'));
  return {
    actors: table.actors,
    events: table.events,
    evidence,
    order: table.actors
      .map((_, i) => i)
      .sort((a, b) => Number(hasEvidence(b)) - Number(hasEvidence(a)) || (score[b] ?? 0) - (score[a] ?? 0) || a - b),
    score,
    percentile: toTableOrder(place.percentile, rows),
    pValue: toTableOrder(place.pValue, rows).map((p, i) => (hasEvidence(i) ? p : Number.NaN)),
    parts,
    features,
    backend,
    models,
    warnings,
  };
};

const chooseDetectors = (names: readonly string[] | undefined): readonly ListedDetector[] => {
  const known = DETECTORS.map((detector) => detector.name);
  if (names !== undefined && (names.length === 0 || names.some((name) => !known.includes(name)))) {
    throw new NightjarError('usage', 'There is no detector of that name.', {
      where: 'detectors',
      next: `Choose from ${known.join(', ')}.`,
    });
  }
  return DETECTORS.filter((detector) => names === undefined || names.includes(detector.name));
};

const requireContent = (table: FeatureTable): void => {
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

const toTableOrder = (values: Float64Array, rows: readonly number[]): Float64Array => {
  const ordered = new Float64Array(values.length);
  rows.forEach((row, k) => {
    ordered[row] = values[k] ?? 0;
  });
  return ordered;
};

const pick = ({ threads, backend }: DetectOptions): Pick<Run, 'threads' | 'backend'> => ({
  ...(threads === undefined ? {} : { threads }),
  ...(backend === undefined ? {} : { backend }),
});
