import { attributeSaved, modelNames } from '../../detect/index.ts';
import { contributions, DEFAULT_REASONS, reasonsOf } from '../../explain/index.ts';
import { loadModels, readRunFeatures, type Case, type Readers } from '../../store/index.ts';
import type { Model, StoredReason } from './model.ts';

export type ExplainSource = { readonly opened: Case; readonly readers: Readers; readonly threads: number };

/**
 * The reasons of one actor of the latest run, as the run itself would have given them; null where the case keeps no
 * feature table of the run.
 */
export const explainRow = async (
  { opened, readers, threads }: ExplainSource,
  model: Model,
  row: number,
  signal?: AbortSignal,
): Promise<readonly StoredReason[] | null> => {
  const { manifest } = model;
  const actor = model.actors[row] ?? '';
  const own = await readers.read((connection) => readRunFeatures(connection, manifest.features, actor), signal);
  if (own === undefined || own.actors.length !== 1) return null;
  const scored = model.detectors.map(({ name, score, tailRank }) => ({
    name,
    score: Float64Array.of(score[row] ?? 0),
    tailRank: Float64Array.of(tailRank[row] ?? 0),
  }));
  const run = { threads, ...(signal === undefined ? {} : { signal }) };
  const models = loadModels(opened, modelNames(manifest.detectors));
  const parts = attributeSaved(models, own, manifest.features, scored);
  const shares = await contributions({ parts, features: manifest.features }, [0], run);
  const top = manifest.features
    .map((name, j) => ({ name, share: shares[j] ?? 0 }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, DEFAULT_REASONS);
  const names = top.map(({ name }) => name);
  const all = await readers.read((connection) => readRunFeatures(connection, names), signal);
  if (all === undefined || all.actors.length !== model.actors.length) return null;
  const at = all.actors.indexOf(actor);
  const evidenceOf = (name: string): 'ok' | 'insufficient' =>
    (model.rowOf.get(name) ?? 0) < model.ranked ? 'ok' : 'insufficient';
  const detection = { features: names, evidence: all.actors.map(evidenceOf) };
  const [reasons] = await reasonsOf(
    all,
    detection,
    Float64Array.from(top, ({ share }) => share),
    manifest.dictionary,
    { rows: [at] },
  );
  return reasons ?? [];
};
