import { makePace } from '../../detect/index.ts';
import { peerColumn, type PeerColumn } from '../../explain/peers.ts';
import { readRunFeatures, type Readers } from '../../store/index.ts';
import type { Model } from './model.ts';

/** Features read at once: all of many actors would not fit into memory beside what is made of them. */
const FEATURES_AT_ONCE = 8;

/**
 * Every feature of the run over the actors that are compared with each other, as explaining needs it; null where the case
 * keeps no feature table of the run.
 */
export const readPeerColumns = async (
  readers: Readers,
  { manifest, actors, rowOf, ranked }: Model,
): Promise<ReadonlyMap<string, PeerColumn> | null> => {
  const { features, dictionary } = manifest;
  const pace = makePace({});
  const categories = new Set(dictionary.filter(({ unit }) => unit === 'level').map(({ name }) => name));
  const columns = new Map<string, PeerColumn>();
  for (let from = 0; from < features.length; from += FEATURES_AT_ONCE) {
    const names = features.slice(from, from + FEATURES_AT_ONCE);
    const table = await readers.read((connection) => readRunFeatures(connection, names));
    if (table === undefined || table.actors.length !== actors.length) return null;
    const all = [...table.actors.keys()];
    const peers = ranked === 0 ? all : all.filter((i) => (rowOf.get(table.actors[i] ?? '') ?? ranked) < ranked);
    for (const [j, name] of names.entries()) {
      const values = table.columns[j] ?? new Float64Array(0);
      const levels = categories.has(name) ? new Set(values.filter(Number.isFinite)).size : 0;
      columns.set(name, peerColumn(values, peers, levels));
      await pace();
    }
  }
  return columns;
};
