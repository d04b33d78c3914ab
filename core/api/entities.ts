import { DETECTORS } from '../detect/index.ts';
import { readEntities, type Entities } from '../ingest/index.ts';
import { systemRandom } from '../random/index.ts';
import { rankTable, type DetectOptions, type DetectResult } from './detect.ts';
import type { Watch } from './progress.ts';

export type EntityRequest = DetectOptions & {
  readonly id?: string;
  readonly ignore?: readonly string[];
  readonly label?: string;
  /** Key of the pseudonyms; a fresh one that is kept nowhere when absent. */
  readonly key?: Uint8Array;
};

export type RankedEntities = {
  readonly result: DetectResult;
  readonly entities: Entities;
  /** Per detector and `ensemble`, one score per row of the table. */
  readonly scores: readonly { readonly name: string; readonly scores: Float64Array }[];
};

/** Ranks the rows of a ready feature table: every numeric column is a feature. Errors: `input`, `usage`, `cancelled`. */
export const detectEntities = async (
  path: string,
  request: EntityRequest,
  watch: Watch = {},
): Promise<RankedEntities> => {
  const startedAt = performance.now();
  const threads = request.threads ?? 2;
  const key = request.key ?? systemRandom.bytes(32);
  const entities = await readEntities(path, { ...request, key, threads }, watch);
  const dictionary = entities.table.names.map((name) => ({
    name,
    family: 'entity',
    sentence: name,
    formula: '',
    unit: '',
    needs: [],
    worse: 'both' as const,
    windowed: false,
  }));
  const { name, sha256, rows, quarantined } = entities;
  const origin = {
    inputs: [{ name, sha256, rows, stored: rows - quarantined, quarantined }],
    dropped: [],
    warnings: entities.warnings,
    startedAt,
  };
  const { result, detection } = await rankTable(
    entities.table,
    dictionary,
    origin,
    { ...request, threads, minEvents: 1 },
    watch,
  );
  return {
    result,
    entities,
    scores: [
      ...detection.parts.map((part) => ({ name: part.name, scores: part.score })),
      { name: 'ensemble', scores: detection.score },
    ],
  };
};

/** Every detector there is. */
export const detectorNames = (): readonly string[] => DETECTORS.map((detector) => detector.name);
