import { autoencoder } from './autoencoder/index.ts';
import { listed, type ListedDetector } from './detector.ts';
import { isolationForest } from './isolation-forest/index.ts';

/** Every detector there is, in the order results show them. A new one is a line here. */
export const DETECTORS: readonly ListedDetector[] = [listed(isolationForest), listed(autoencoder)];
