import { explainInFull, type Explanation, type Peers } from '../../explain/index.ts';
import { ORDINARY_BELOW } from '../../explain/smallest-change.ts';
import { quantile } from '../../math/index.ts';
import { readRunFeatures, type Case, type Readers } from '../../store/index.ts';
import type { Model } from './model.ts';
import { readPeerColumns } from './peer-columns.ts';
import { loadDetectors } from './saved-detectors.ts';
import { groupsAt } from './twin-groups.ts';

export type ExplainSource = { readonly opened: Case; readonly readers: Readers; readonly threads: number };

/** Explains the actor at a row of the queue; null where the case keeps no features of it. Errors: `cancelled`. */
export type Explainer = (row: number, signal?: AbortSignal) => Promise<Explanation | null>;

const NOBODY: Explainer = async () => null;

/**
 * What the latest run would have said itself of actors it did not explain, by the models and groups it left. What all calls
 * share is read first: the models, and how the features are spread.
 */
export const createExplainer = async (
  { opened, readers, threads }: ExplainSource,
  model: Model,
): Promise<Explainer> => {
  const { manifest, ranked, groups } = model;
  const { features, dictionary } = manifest;
  const columns = await readPeerColumns(readers, model);
  if (columns === null) return NOBODY;
  const { partsOf, rescore } = loadDetectors(opened, model);
  const isCombinedAsNow = manifest.ensemble !== null;
  const odd = isCombinedAsNow ? model.odd : model.score;
  const target = quantile(ranked > 0 ? odd.subarray(0, ranked) : odd, ORDINARY_BELOW);
  return async (row, signal) => {
    const actor = model.actors[row] ?? '';
    const own = await readers.read((connection) => readRunFeatures(connection, features, actor), signal);
    if (own === undefined || own.actors.length !== 1) return null;
    // Row 0 is the actor. Row 1 stands for all peers: of them only their columns and the border of the ordinary are needed.
    const peers: Peers = {
      rows: [1],
      isPeer: () => ranked === 0 || row < ranked,
      column: (feature) => columns.get(feature) ?? UNKNOWN_COLUMN,
    };
    const twins = groupsAt(groups, row).map(({ basis, pValue, sentence, shared, rows }) => ({
      basis,
      pValue,
      sentence,
      shared,
      members: Array.from(rows, (member, i) => (member === row ? 0 : i + 1)),
    }));
    const alike = model.alike[row] ?? Number.NaN;
    const [explanation] = await explainInFull(
      own,
      {
        features,
        parts: partsOf(row, own),
        evidence: [row < ranked ? 'ok' : 'insufficient', 'ok'],
        odd: Float64Array.of(odd[row] ?? 0, target),
        alike: Number.isNaN(alike) ? undefined : Float64Array.of(alike, 0),
        groups: twins,
        ...(isCombinedAsNow ? { rescore } : {}),
      },
      dictionary,
      { rows: [0], peers },
      { threads, ...(signal === undefined ? {} : { signal }) },
    );
    return explanation ?? null;
  };
};

/** Of a feature that the run did not use. */
const UNKNOWN_COLUMN = {
  sorted: new Float64Array(0),
  peers: 0,
  median: Number.NaN,
  range: [Number.NaN, Number.NaN] as const,
  levels: 0,
};
