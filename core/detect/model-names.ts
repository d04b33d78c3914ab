import { DETECTORS } from './detectors.ts';

/** Names of the model files that the named detectors need. */
export const modelNames = (detectors: readonly string[]): readonly string[] => [
  ...new Set(
    DETECTORS.filter(({ name }) => detectors.includes(name)).flatMap(({ name, needs }) => [
      name,
      `scaler-${needs.scale}`,
    ]),
  ),
];
