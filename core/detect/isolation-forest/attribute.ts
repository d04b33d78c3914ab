import type { Watch } from '../../api/progress.ts';
import type { Matrix } from '../../table/table.ts';
import { attributeCutForest } from '../forests/attribute.ts';
import { plainCutForest } from '../forests/cut-forest.ts';
import type { Forest } from './forest.ts';

/** Path attribution of a plain forest: see `attributeCutForest`. */
export const attributeForest = (forest: Forest, matrix: Matrix, watch: Watch = {}): Promise<Float64Array> =>
  attributeCutForest(plainCutForest(forest, 'standard'), matrix, watch);
