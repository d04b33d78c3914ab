export { chooseBackend, type LoadedBackend } from './backend.ts';
export { autoencoder } from './detector.ts';
export { fitAutoencoder, layerSizes, type Autoencoder } from './fit.ts';
export { loadAutoencoder, saveAutoencoder } from './persist.ts';
export { attributeAutoencoder, scoreAutoencoder } from './score.ts';
