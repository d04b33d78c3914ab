import { seededRandom } from '../../random/index.ts';
import type { ForestFeature, ForestSettings } from './settings.ts';

/**
 * Complete trees: node i of a tree has the children 2 i + 1 (below the threshold, or missing) and 2 i + 2. Inner nodes come
 * first, leaves are counted from the left. Entry t · (2^depth − 1) + i of `feature` and `threshold` is node i of tree t.
 */
export type ForestSplits = {
  /** Place in the settings' features. */
  readonly feature: Uint16Array;
  readonly threshold: Float64Array;
  /** Share of the declared box that a leaf covers; entry t · 2^depth + leaf. */
  readonly volume: Float64Array;
};

/**
 * The splits of a forest, from its settings alone: at each node a feature at random, and a place at random between the ends
 * that the way from the root has left of its declared range, as an isolation tree (Liu, Ting & Zhou 2008) has it between
 * the ends of the data. No data is passed in, so nothing is spent on them, and whoever has the settings can check them:
 * seeded randomness, which gives the same numbers on every machine, is what is wanted here.
 */
export const growSplits = (settings: ForestSettings): ForestSplits => {
  const { features, trees, depth, seed } = settings;
  const [inner, leaves] = [2 ** depth - 1, 2 ** depth];
  const feature = new Uint16Array(trees * inner);
  const threshold = new Float64Array(trees * inner);
  const volume = new Float64Array(trees * leaves);
  for (let t = 0; t < trees; t++) {
    const random = seededRandom(seed).fork(t);
    const grow = (node: number, ranges: ReadonlyMap<number, Range>, share: number): void => {
      if (node >= inner) {
        volume[t * leaves + node - inner] = share;
        return;
      }
      const chosen = random.int(features.length);
      const [low, high] = ranges.get(chosen) ?? WHOLE;
      const part = random.float();
      const at = low + (high - low) * part;
      feature[t * inner + node] = chosen;
      threshold[t * inner + node] = valueAt(features[chosen]!, at); // chosen is one of them
      grow(2 * node + 1, new Map(ranges).set(chosen, [low, at]), share * part);
      grow(2 * node + 2, new Map(ranges).set(chosen, [at, high]), share * (1 - part));
    };
    grow(0, new Map(), 1);
  }
  return { feature, threshold, volume };
};

type Range = readonly [low: number, high: number];
const WHOLE: Range = [0, 1];

/** The value at a place in 0…1 of a declared range: even between two neighbouring marks. */
const valueAt = ({ bounds }: ForestFeature, place: number): number => {
  const scaled = place * (bounds.length - 1);
  const mark = Math.min(Math.floor(scaled), bounds.length - 2);
  const [low, high] = [bounds[mark] ?? 0, bounds[mark + 1] ?? 0];
  return low + (high - low) * (scaled - mark);
};
