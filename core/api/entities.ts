import { readEntities, type Entities } from '../ingest/index.ts';
import { systemRandom } from '../random/index.ts';
import { beginImport, failImport, finishImport, insertImports, inTransaction, type Case } from '../store/index.ts';
import { rankTable, storeRun, type DetectOptions, type DetectResult } from './detect.ts';
import { NightjarError } from './errors.ts';
import type { Watch } from './progress.ts';

export type EntityRequest = DetectOptions & {
  readonly id?: string;
  readonly ignore?: readonly string[];
  readonly label?: string;
  /** Looks at the table before it is ranked, which may take minutes; what it throws ends the call. */
  readonly check?: (entities: Entities) => void;
  /**
   * The case whose key makes the pseudonyms and whose vault remembers them; the run is saved in it. Without one the key
   * is drawn for this call and kept nowhere.
   */
  readonly into?: Case;
};

export type RankedEntities = {
  readonly result: DetectResult;
  readonly entities: Entities;
  /** Per detector and `ensemble`, one score per row of the table. */
  readonly scores: readonly { readonly name: string; readonly scores: Float64Array }[];
};

/** Ranks the rows of a ready feature table: every numeric column is a feature, and so is a text of few values. Errors: `input`, `usage`, `cancelled`. */
export const detectEntities = async (
  path: string,
  request: EntityRequest,
  watch: Watch = {},
): Promise<RankedEntities> => {
  const startedAt = performance.now();
  const threads = request.threads ?? 2;
  const key = request.into?.vault.pseudonymKey() ?? systemRandom.bytes(32);
  const entities = await readEntities(path, { ...request, key, threads }, watch);
  request.check?.(entities);
  const { name, sha256, rows, quarantined } = entities;
  const origin = {
    inputs: [{ name, sha256, rows, stored: rows - quarantined, quarantined }],
    understood: [],
    dropped: [],
    warnings: entities.warnings,
    startedAt,
  };
  const options = { ...request, threads, minEvents: 1 };
  const dictionary = entities.table.names.map((name, j) => ownWords(name, entities.table.levels?.[j] ?? 0));
  const ranked = await rankTable(entities.table, dictionary, origin, options, watch);
  if (request.into) {
    await recordEntities(request.into, entities);
    await storeRun(request.into, ranked, { features: entities.table, dictionary });
  }
  const { result, detection } = ranked;
  return {
    result,
    entities,
    scores: [
      ...detection.parts.map((part) => ({ name: part.name, scores: part.score })),
      { name: 'ensemble', scores: detection.score },
    ],
  };
};

/** A column of somebody's own table is called by its own name; the value of a category is the number of its level. */
const ownWords = (name: string, levels: number) => ({
  name,
  sentence: name,
  unit: levels > 0 ? 'level' : '',
});

/** Notes the table among the imports of a case and its ids in the vault; its rows are no events and are not kept. */
const recordEntities = async (into: Case, entities: Entities): Promise<void> => {
  const { name, sha256, bytes, rows, quarantined, warnings } = entities;
  const batchId = beginImport(into, { entities: rows });
  try {
    await inTransaction(into.connection, into.paths.database, async () => {
      if (into.vault.sealing !== 'none' && into.vault.sealing !== 'memory') {
        into.vault.append(entities.identities.map(([pseudonym, column, value]) => ({ pseudonym, column, value })));
      }
      const counts = { rowsRead: rows, stored: rows - quarantined, quarantined };
      const record = {
        name,
        sha256,
        bytes,
        ...counts,
        format: 'entities',
        mapping: {},
        policy: {},
        warnings: [...warnings],
      };
      await insertImports(into.connection, batchId, [record], into.vault.flush());
    });
    finishImport(into, batchId, { entities: rows });
  } catch (error) {
    await failImport(into, batchId, { code: error instanceof NightjarError ? error.code : 'internal' });
    throw error;
  }
};
