import { z } from 'zod';
import type { FeatureWords } from '../../explain/index.ts';
import { featureDictionary } from '../../features/index.ts';
import { calibrationInfo, ensembleInfo } from '../contract/findings.ts';

const text = z.string().catch('');
const count = z.number().catch(0);

/** What the app reads of a stored run's manifest; a part that an older version did not write has a plain default. */
const manifestShape = z.object({
  version: text,
  seed: count,
  detectors: z.array(z.string()).catch([]),
  features: z.array(z.string()).catch([]),
  dictionary: z.array(z.object({ name: z.string(), sentence: z.string(), unit: z.string() })).catch([]),
  backend: z
    .object({ name: z.string() })
    .transform(({ name }) => name)
    .nullable()
    .catch(null),
  elapsedMs: count,
  minEvents: count,
  dropped: z.array(z.object({ name: z.string(), reason: z.string() })).catch([]),
  warnings: z.array(z.string()).catch([]),
  ensemble: ensembleInfo.nullable().catch(null),
  calibration: calibrationInfo.nullable().catch(null),
  /** Digest by name; none in a run of an older version. */
  models: z.record(z.string(), z.string()).catch({}),
});
export type Manifest = Readonly<z.infer<typeof manifestShape>>;

/** A stored manifest; its dictionary has an entry for every feature. */
export const readRunManifest = (stored: unknown): Manifest => {
  const manifest = manifestShape.parse(typeof stored === 'object' && stored !== null ? stored : {});
  const own = new Map(manifest.dictionary.map((entry) => [entry.name, entry]));
  return { ...manifest, dictionary: manifest.features.map((name) => own.get(name) ?? wordsOf(name)) };
};

/** Of a feature whose run kept no words for it. */
const wordsOf = (name: string): FeatureWords => {
  const known = featureDictionary().find((entry) => entry.name === name);
  if (known !== undefined) return { name, sentence: known.sentence, unit: known.unit };
  return { name, sentence: name, unit: name.startsWith('action_share_') ? 'share' : '' };
};
