import { applyScaler, fitScaler, makePace } from '../../detect/index.ts';
import { fitForest } from '../../detect/isolation-forest/index.ts';
import { leavesOf, type Leaves } from '../../feedback/index.ts';
import { seededRandom } from '../../random/index.ts';
import type { FeatureTable } from '../../table/index.ts';
import type { Watch } from '../progress.ts';

/** Trees by which actors are compared; more changed nothing that could be measured, and each costs time at every label. */
const TREES = 100;

/**
 * Which actors are alike: the leaves of a standard isolation forest, fitted for this alone on the rows with evidence, so that
 * it is there whatever detectors ran. It needs no scale and takes missing values. Deterministic in `seed`. Errors: `cancelled`.
 */
export const likenessLeaves = async (
  table: FeatureTable,
  hasEvidence: (row: number) => boolean,
  seed: number,
  watch: Watch = {},
): Promise<Leaves> => {
  const rows = table.actors.map((_, row) => row);
  const peers = rows.filter(hasEvidence);
  const scaler = fitScaler(table, 'linear', peers);
  if (scaler.columns.length === 0) {
    return { rows: rows.length, trees: 0, leavesPerTree: 1, leaf: new Uint8Array(0) };
  }
  const { matrix } = applyScaler(scaler, table);
  const among = peers.length === rows.length ? matrix : applyScaler(scaler, table, peers).matrix;
  const forest = await fitForest(among, seededRandom(seed).fork('feedback'), watch, { trees: TREES });
  return leavesOf(forest, matrix, makePace(watch));
};
