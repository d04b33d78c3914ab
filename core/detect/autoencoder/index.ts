export { chooseBackend, loadTensorFlow, type LoadedBackend } from './backend.ts';
export { autoencoder } from './detector.ts';
export { fitAutoencoder, layerSizes, type Autoencoder, type Member } from './fit.ts';
export { loadAutoencoder, saveAutoencoder } from './persist.ts';
export { attributeAutoencoder, expectedAutoencoder, scoreAutoencoder } from './score.ts';
export { toTensorFlow, type TensorFlowModel } from './tensorflow-model.ts';
