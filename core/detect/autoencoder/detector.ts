import type { Detector } from '../detector.ts';
import { fitAutoencoder, type Autoencoder } from './fit.ts';
import { loadAutoencoder, saveAutoencoder } from './persist.ts';
import { attributeAutoencoder, expectedAutoencoder, scoreAutoencoder } from './score.ts';

/** Autoencoder (Hawkins et al. 2002): odd is what does not fit the joint pattern of the others. */
export const autoencoder: Detector<Autoencoder> = {
  name: 'autoencoder',
  sentence: 'Finds actors whose features do not go together as they do for all others.',
  cost: 'fit: bounded, eight networks of 2,000 rows each; score: rows × columns²',
  evidence: 'odd',
  needs: { minRows: 20, scale: 'shaped', missing: true },
  fit: fitAutoencoder,
  score: scoreAutoencoder,
  attribute: attributeAutoencoder,
  expected: expectedAutoencoder,
  save: saveAutoencoder,
  load: loadAutoencoder,
  backendOf: (model) => model.backend,
};
