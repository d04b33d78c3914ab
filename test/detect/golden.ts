import { readFileSync } from 'node:fs';
import type { SklearnTrees } from './isolation-forest/sklearn-trees.ts';

export type Golden = {
  readonly pathLength: {
    readonly n: readonly number[];
    readonly exact: readonly number[];
    readonly sklearn: readonly number[];
  };
  readonly given: SklearnTrees & { readonly values: readonly number[]; readonly scores: readonly number[] };
  readonly agreement: {
    readonly columns: number;
    readonly values: readonly number[];
    readonly label: readonly number[];
    readonly scores: readonly number[];
    readonly rocAuc: number;
  };
};

const file = new URL('../golden/isolation-forest.json', import.meta.url);
/** What scikit-learn says: made by test/golden/isolation-forest.py. */
export const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
