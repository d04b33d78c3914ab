import type { Watch } from '../../api/progress.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import { averagePathLength, type Forest } from './forest.ts';

/**
 * Per row and feature, how much shorter the feature makes the row's expected path, as a share of
 * c(ψ): at each node of a walk the change of the mean path length of the sample is credited to the
 * feature split on (path attribution of Palczewska et al. 2013 and Saabas 2014, applied to path
 * length). A row's credits add up to (mean path of the sample − E[h(x)]) / c(ψ). Rows × columns,
 * row by row; positive makes the row odder. The order of splits along a path biases single trees;
 * over trees with random splits it averages out.
 */
export const attributeForest = async (forest: Forest, matrix: Matrix, watch: Watch = {}): Promise<Float64Array> => {
  const { rows, columns, values } = matrix;
  const { depth, feature, threshold, missingRight } = forest;
  const size = 2 ** depth;
  const means = nodeMeans(forest);
  const credit = new Float64Array(rows * columns);
  const unit = 1 / (forest.trees * Math.max(averagePathLength(forest.sampleSize), 1));
  const pace = makePace(watch);
  for (let row = 0; row < rows; row++) {
    const base = row * columns;
    // Hot loop: 400 trees × 8 levels per row, all indices inside the tree's own slots.
    for (let tree = 0; tree < forest.trees; tree++) {
      const slot = tree * size;
      let node = 1;
      let mean = means[2 * slot + 1]!;
      for (let level = 0; level < depth; level++) {
        const limit = threshold[slot + node]!;
        if (limit === Number.POSITIVE_INFINITY) break;
        const column = feature[slot + node]!;
        const value = values[base + column]!;
        const right = value === value ? value > limit : missingRight[slot + node] === 1;
        node = 2 * node + (right ? 1 : 0);
        const next = means[2 * slot + node]!;
        credit[base + column]! += (mean - next) * unit;
        mean = next;
      }
    }
    await pace();
  }
  return credit;
};

/** Mean path length of the sample's rows under each node, leaves included: 2·size per tree. */
const nodeMeans = (forest: Forest): Float64Array => {
  const size = 2 ** forest.depth;
  const means = new Float64Array(2 * forest.trees * size);
  const counts = new Float64Array(2 * size);
  for (let tree = 0; tree < forest.trees; tree++) {
    const out = 2 * tree * size;
    for (let leaf = 0; leaf < size; leaf++) {
      means[out + size + leaf] = forest.pathLength[tree * size + leaf]!;
      counts[size + leaf] = forest.cover[tree * size + leaf]!;
    }
    for (let node = size - 1; node >= 1; node--) {
      const left = counts[2 * node]!;
      const right = counts[2 * node + 1]!;
      counts[node] = left + right;
      means[out + node] =
        left + right === 0
          ? means[out + 2 * node]!
          : (means[out + 2 * node]! * left + means[out + 2 * node + 1]! * right) / (left + right);
    }
  }
  return means;
};
