export { buildFeatures, type BuiltFeatures, type FeatureOptions } from './build-features.ts';
export { buildWindowFeatures, type WindowOptions } from './build-window-features.ts';
export { featureDictionary } from './catalogue.ts';
export { featureScript, type FeatureScript, type ScriptOptions } from './feature-script.ts';
export { readInteractions, type InteractionOptions, type InteractionsRead } from './interactions.ts';
export { featureDictionaryMarkdown } from './markdown.ts';
export type { DroppedFeature, FeatureInfo } from './schema.ts';
