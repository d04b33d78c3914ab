import { autoencoder } from './autoencoder/index.ts';
import { copod } from './copod/index.ts';
import { listed, type ListedDetector } from './detector.ts';
import { ecod } from './ecod/index.ts';
import { densityForest, extendedForest, fairCutForest, pooledGainForest, sciForest } from './forests/index.ts';
import { hbos } from './hbos/index.ts';
import { isolationForest } from './isolation-forest/index.ts';
import { knn } from './knn/index.ts';
import { lockstep } from './lockstep/index.ts';
import { lof } from './lof/index.ts';
import { mcd } from './mcd/index.ts';
import { pca } from './pca/index.ts';

/** Every detector there is, in the order results show them. A new one is a line here. */
export const DETECTORS: readonly ListedDetector[] = [
  listed(isolationForest),
  listed(extendedForest),
  listed(sciForest),
  listed(fairCutForest),
  listed(pooledGainForest),
  listed(densityForest),
  listed(knn),
  listed(mcd),
  listed(autoencoder),
  listed(lockstep),
  listed(ecod),
  listed(copod),
  listed(hbos),
  listed(lof),
  listed(pca),
];
