import { FAR_FOR_CUTS } from '../drawn-in.ts';
import { averagedGainThreshold, pooledGainThreshold } from './thresholds/deviation-gain.ts';
import type { ThresholdRule } from './thresholds/rule.ts';
import { uniformThreshold } from './thresholds/uniform.ts';

/** How the cuts of a forest are drawn, how far its trees grow, and what its leaves hold. */
export type Recipe = {
  /** Columns a cut combines. */
  readonly terms: number;
  /** Cuts drawn at a node, of which the one with the largest gain is taken. */
  readonly tries: number;
  /** Share of the nodes cut by `rule`; the others are cut uniformly. */
  readonly guided: number;
  readonly rule: ThresholdRule;
  /** Robust deviations beyond which thresholds are chosen on values drawn in (`drawnIn`). */
  readonly far: number;
  /** Rows a tree sees: ψ. */
  readonly sampleSize: number;
  /** The deepest a leaf may lie in a tree of so many rows. */
  readonly depth: (rows: number) => number;
  readonly leaf: 'path length' | 'log density';
};

/** Uniform cuts of single columns on 256 rows: Liu, Ting & Zhou 2008, section 4.1. */
const plain = {
  terms: 1,
  tries: 1,
  guided: 0,
  rule: uniformThreshold,
  far: FAR_FOR_CUTS,
  sampleSize: 256,
  depth: (rows: number): number => Math.max(1, Math.ceil(Math.log2(rows))),
  leaf: 'path length',
} as const satisfies Recipe;

/** As deep as it takes to set rows apart; guided cuts peel off few rows at a time. */
const untilSingle = (rows: number): number => Math.max(1, rows - 1);

/** Every way to grow a forest. A new one is a line here, and a file when its thresholds are chosen anew. */
export const RECIPES = {
  /** Liu, Ting & Zhou 2008. */
  standard: plain,
  /** Hariri, Carrasco Kind & Brunner 2021, extension level 1, on values scaled in the node. */
  extended: { ...plain, terms: 2, far: Number.POSITIVE_INFINITY },
  /**
   * SCiForest: Liu, Ting & Zhou 2010, q = 2 columns, τ = 10 tries. Twice as deep as balanced trees: deeper, where
   * single rows are peeled off one by one, it measured no better and takes most of the time.
   */
  sci: {
    ...plain,
    terms: 2,
    tries: 10,
    guided: 1,
    rule: averagedGainThreshold,
    far: Number.POSITIVE_INFINITY,
    depth: (rows) => 2 * plain.depth(rows),
  },
  /** Cortes 2021; more rows than there, which measured better. */
  fairCut: { ...plain, terms: 2, guided: 1, rule: pooledGainThreshold, sampleSize: 1024, depth: untilSingle },
  /** The fair cut on single columns, mixed with uniform cuts: isotree's prob_pick_pooled_gain = .75. */
  pooledGain: { ...plain, guided: 0.75, rule: pooledGainThreshold },
  /** Leaves hold their density in the sample: isotree's scoring_metric = density. */
  density: { ...plain, leaf: 'log density' },
  /** The same over cuts of two columns, three of four of them guided. */
  guidedDensity: { ...plain, terms: 2, guided: 0.75, rule: pooledGainThreshold, leaf: 'log density' },
} as const satisfies Readonly<Record<string, Recipe>>;

export type RecipeName = keyof typeof RECIPES;

/** What progress calls the growth of a forest: its detector's name. */
const STAGES: Readonly<Record<RecipeName, string>> = {
  standard: 'isolationForest',
  extended: 'extendedForest',
  sci: 'sciForest',
  fairCut: 'fairCutForest',
  pooledGain: 'pooledGainForest',
  density: 'densityForest',
  guidedDensity: 'densityForest',
};

/** The stage by which progress knows a recipe, or whatever else a file calls it. */
export const stageOf = (recipe: string): string =>
  Object.entries(STAGES).find(([name]) => name === recipe)?.[1] ?? recipe;
