import type { Matrix } from '../table/table.ts';
import type { Random } from '../random/random.ts';
import type { Interactions } from '../table/interactions.ts';
import type { Backend, Run, TwinGroup } from './schema.ts';

/** What is known of the rows beside their features. */
export type Beside = { readonly interactions?: Interactions };

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
  /** Odd actors differ from all others; alike ones resemble each other more than chance explains. */
  readonly evidence: 'odd' | 'alike';
  readonly needs: {
    /** Rows with evidence below which it is left out of the ensemble. */
    readonly minRows: number;
    /** Features above which it is left out: it would take minutes, or has too few rows to learn from. Default: no limit. */
    readonly mostColumns?: number;
    /** `linear`: centred and scaled only; `shaped`: heavy tails are also drawn in. */
    readonly scale: 'linear' | 'shaped';
    /** Whether a missing value may reach it as NaN. */
    readonly missing: boolean;
    /** Whether categories reach it as level numbers; otherwise as how rare the level is. */
    readonly categories?: boolean;
  };
  fit(matrix: Matrix, random: Random, run: Run, beside?: Beside): Promise<Model>;
  score(model: Model, matrix: Matrix, run: Run): Promise<Float64Array>;
  /** Per row and column what the column adds to the score: rows × columns, row by row. */
  attribute(model: Model, matrix: Matrix, run: Run): Promise<Float64Array>;
  save(model: Model): Uint8Array;
  load(bytes: Uint8Array): Model;
  backendOf?(model: Model): Backend;
  /** Per score the probability of one as high where nothing but chance is at work; for a detector that has such a null. */
  chance?(model: Model, scores: Float64Array): Float64Array;
  /** What it expects of each cell given the row's others, in the matrix's units: rows × columns. */
  expected?(model: Model, matrix: Matrix, run: Run): Promise<Float64Array>;
  /** Groups found among the rows it was fitted on. */
  groups?(model: Model): readonly TwinGroup[];
};

/** A fitted detector that carries its own model: what the list and the ensemble work with. */
export type FittedDetector = {
  readonly name: string;
  readonly backend: Backend | undefined;
  score(matrix: Matrix, run: Run): Promise<Float64Array>;
  attribute(matrix: Matrix, run: Run): Promise<Float64Array>;
  save(): Uint8Array;
  chance?(scores: Float64Array): Float64Array;
  expected?(matrix: Matrix, run: Run): Promise<Float64Array>;
  groups(): readonly TwinGroup[];
};

export type ListedDetector = Pick<Detector<never>, 'name' | 'sentence' | 'cost' | 'evidence' | 'needs'> & {
  fit(matrix: Matrix, random: Random, run: Run, beside?: Beside): Promise<FittedDetector>;
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
    ...(detector.chance === undefined ? {} : { chance: (scores) => detector.chance?.(model, scores) ?? scores }),
    ...(detector.expected === undefined ? {} : { expected: expecting(detector.expected, model) }),
    groups: () => detector.groups?.(model) ?? [],
  });
  return {
    name: detector.name,
    sentence: detector.sentence,
    cost: detector.cost,
    evidence: detector.evidence,
    needs: detector.needs,
    fit: async (matrix, random, run, beside) => hold(await detector.fit(matrix, random, run, beside)),
    load: (bytes) => hold(detector.load(bytes)),
  };
};

const expecting =
  <Model>(expected: NonNullable<Detector<Model>['expected']>, model: Model): NonNullable<FittedDetector['expected']> =>
  (matrix, run) =>
    expected(model, matrix, run);
