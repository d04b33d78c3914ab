import { featureScript } from '../../features/index.ts';
import type { FeatureSql } from '../../rules/export/exporter.ts';
import { DEFAULT_K } from '../../rules/leak/index.ts';
import { tellingPart } from '../../rules/leak/telling-part.ts';
import { readCommonValues, readRunManifestJson, type Readers } from '../../store/index.ts';
import type { Vocabulary } from '../../rules/schema.ts';
import { readRunManifest } from '../explore/manifest.ts';

/** Actions that are looked through for the one that a feature is the share of. */
const MOST_ACTIONS = 200;

/**
 * Scripts that make the features of a case elsewhere. An action is named in one only where at least `DEFAULT_K` actors have
 * it, and nothing in it looks like the name of somebody.
 */
export const featureSqlOf = (
  readers: Pick<Readers, 'read'>,
  vocabulary: Vocabulary,
  signal?: AbortSignal,
): Promise<FeatureSql> =>
  readers.read(async (connection) => {
    const columns = ['ts', ...vocabulary.columns.map(({ name }) => name)];
    const common = columns.includes('action')
      ? await readCommonValues(connection, 'action', DEFAULT_K, MOST_ACTIONS)
      : [];
    const actions = common.filter((action) => tellingPart(action) === undefined);
    const { minEvents } = readRunManifest(await readRunManifestJson(connection));
    return ({ names, ...target }) => featureScript(names, { ...target, columns, actions, minEvents });
  }, signal);
