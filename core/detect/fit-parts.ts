import type { Random } from '../random/random.ts';
import { attributeRows } from './attribute-rows.ts';
import type { Beside, FittedDetector, ListedDetector } from './detector.ts';
import { agreementOf, saysOf, standing, type Agreement } from './ensemble/index.ts';
import type { Peers } from './evidence.ts';
import type { Scaler } from './scale.ts';
import { saveScaler } from './scale-file.ts';
import { firstRows, type makeScaled } from './scaled-table.ts';
import type { DetectorPart, ModelFile, Run } from './schema.ts';

/** A detector that was fitted to the peers and scored all rows: peers first, as in every matrix. */
export type FittedPart = {
  readonly name: string;
  readonly evidence: 'odd' | 'alike';
  readonly fitted: FittedDetector;
  readonly scaler: Scaler;
  readonly categories: boolean;
  readonly score: Float64Array;
  readonly tailRank: Float64Array;
  /** What its word counts among the detectors of its kind: `saysOf`. */
  readonly weight: number;
};

export type FittedParts = {
  readonly parts: readonly FittedPart[];
  readonly agreement: Agreement;
  readonly models: readonly ModelFile[];
  readonly leftOut: readonly { readonly name: string; readonly because: string }[];
  /** The parts in the order of the table, for those who read results. */
  readonly inTableOrder: readonly DetectorPart[];
};

/** Fits each detector to the peers of a table, scores everybody and tells where each stands. Throws `cancelled`. */
export const fitParts = async (
  detectors: readonly ListedDetector[],
  { rows, peers }: Pick<Peers, 'rows' | 'peers'>,
  scaled: ReturnType<typeof makeScaled>,
  features: readonly string[],
  random: Random,
  run: Run,
  beside: Beside,
  pace: () => Promise<void>,
): Promise<FittedParts> => {
  const parts: Omit<FittedPart, 'weight'>[] = [];
  const inTableOrder: Omit<DetectorPart, 'weight'>[] = [];
  const models: ModelFile[] = [];
  const leftOut: { name: string; because: string }[] = [];
  for (const detector of detectors) {
    const { name, needs, evidence } = detector;
    if (peers < needs.minRows) {
      leftOut.push({ name, because: `it needs ${needs.minRows} actors, there are ${peers}` });
      continue;
    }
    if (features.length > (needs.mostColumns ?? Infinity)) {
      leftOut.push({ name, because: `it takes ${needs.mostColumns} features at most, there are ${features.length}` });
      continue;
    }
    const { matrix, scaler } = await scaled(needs.scale, needs.categories ?? false);
    const fitted = await detector.fit(firstRows(matrix, peers), random.fork(name), run, beside);
    await pace();
    const score = await fitted.score(matrix, run);
    await pace();
    const chance = fitted.chance?.(score);
    const tailRank = chance === undefined ? standing(score, peers).tailRank : chance.map(tailOfChance);
    await pace();
    const categories = needs.categories ?? false;
    parts.push({ name, evidence, fitted, scaler, categories, score, tailRank });
    const attribute = attributeRows(fitted, matrix, rows, features);
    inTableOrder.push({
      name,
      evidence,
      score: toTableOrder(score, rows),
      tailRank: toTableOrder(tailRank, rows),
      attribute,
    });
    models.push({ name, bytes: fitted.save() });
  }
  for (const mode of scaled.used()) {
    models.push({ name: `scaler-${mode}`, bytes: saveScaler((await scaled(mode)).scaler) });
  }
  const agreement = agreementOf(parts, peers);
  await pace();
  const says = saysOf(parts, agreement);
  const withSay = <Part>(part: Part, k: number): Part & { readonly weight: number } => ({
    ...part,
    weight: says[k] ?? 0,
  });
  return { parts: parts.map(withSay), agreement, models, leftOut, inTableOrder: inTableOrder.map(withSay) };
};

/** Values of the matrix's rows, in the order of the table. */
export const toTableOrder = (values: Float64Array, rows: readonly number[]): Float64Array => {
  const ordered = new Float64Array(values.length);
  rows.forEach((row, k) => {
    ordered[row] = values[k] ?? 0;
  });
  return ordered;
};

/** Smallest chance told apart: below it a null is not to be believed. */
const SMALLEST_CHANCE = 1e-12;

const tailOfChance = (chance: number): number => -Math.log10(Math.max(SMALLEST_CHANCE, Math.min(1, chance)));
