import type { Matrix } from '../table/table.ts';
import type { Random } from '../random/random.ts';
import type { Backend, Run } from './schema.ts';

/**
 * A way to score rows without labels. `Model` is plain data that holds no training row.
 * Scores are higher for odder rows, and depend on the seed, never on threads.
 */
export type Detector<Model> = {
  readonly name: string;
  /** One sentence: what it finds. */
  readonly sentence: string;
  /** Order of growth and what bounds it. */
  readonly cost: string;
  /** Its say in the ensemble's mean; chosen by measurement, never by the table at hand. */
  readonly weight: number;
  readonly needs: {
    /** Rows with evidence below which it is left out of the ensemble. */
    readonly minRows: number;
    /** `linear`: centred and scaled only; `shaped`: heavy tails are also drawn in. */
    readonly scale: 'linear' | 'shaped';
    /** Whether a missing value may reach it as NaN. */
    readonly missing: boolean;
  };
  fit(matrix: Matrix, random: Random, run: Run): Promise<Model>;
  score(model: Model, matrix: Matrix, run: Run): Promise<Float64Array>;
  /** Per row and column what the column adds to the score: rows × columns, row by row. */
  attribute(model: Model, matrix: Matrix, run: Run): Promise<Float64Array>;
  save(model: Model): Uint8Array;
  load(bytes: Uint8Array): Model;
  backendOf?(model: Model): Backend;
};

/** A fitted detector that carries its own model: what the list and the ensemble work with. */
export type FittedDetector = {
  readonly name: string;
  readonly backend: Backend | undefined;
  score(matrix: Matrix, run: Run): Promise<Float64Array>;
  attribute(matrix: Matrix, run: Run): Promise<Float64Array>;
  save(): Uint8Array;
};

export type ListedDetector = Pick<Detector<never>, 'name' | 'sentence' | 'cost' | 'weight' | 'needs'> & {
  fit(matrix: Matrix, random: Random, run: Run): Promise<FittedDetector>;
  load(bytes: Uint8Array): FittedDetector;
};

/** The detector with the type of its model closed over, so that different ones fit in one list. */
export const listed = <Model>(detector: Detector<Model>): ListedDetector => {
  const hold = (model: Model): FittedDetector => ({
    name: detector.name,
    backend: detector.backendOf?.(model),
    score: (matrix, run) => detector.score(model, matrix, run),
    attribute: (matrix, run) => detector.attribute(model, matrix, run),
    save: () => detector.save(model),
  });
  return {
    name: detector.name,
    sentence: detector.sentence,
    cost: detector.cost,
    weight: detector.weight,
    needs: detector.needs,
    fit: async (matrix, random, run) => hold(await detector.fit(matrix, random, run)),
    load: (bytes) => hold(detector.load(bytes)),
  };
};
