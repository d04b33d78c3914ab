import { DEFAULT_K } from '../../rules/leak/index.ts';
import { isOpenColumn } from '../../rules/leak/open-columns.ts';
import type { Vocabulary } from '../../rules/schema.ts';
import {
  createReaders,
  readCommonValues,
  readFilledRuleColumns,
  readRunManifestJson,
  type Case,
  type Readers,
} from '../../store/index.ts';
import { readRunManifest } from '../explore/manifest.ts';

/** What rules over a case may name: columns of events that hold anything, and the features of the latest ranking. */
export const vocabularyOf = (readers: Pick<Readers, 'read'>, signal?: AbortSignal): Promise<Vocabulary> =>
  readers.read(async (connection) => {
    const manifest = await readRunManifestJson(connection);
    return {
      columns: await readFilledRuleColumns(connection),
      features:
        manifest === undefined
          ? []
          : readRunManifest(manifest).dictionary.map(({ name, unit, sentence }) => ({ name, unit, sentence })),
    };
  }, signal);

/** Values of a column that completion offers at most, each shown by at least so many actors. */
const MOST_VALUES = 50;

/** A vocabulary with the common values of columns of behaviour, which completion may offer: that takes a look at all events. */
export const withCommonValues = async (readers: Pick<Readers, 'read'>, vocabulary: Vocabulary): Promise<Vocabulary> => {
  const open = vocabulary.columns.filter(({ name, type }) => type === 'text' && isOpenColumn(name));
  const values = new Map<string, readonly string[]>();
  for (const { name } of open) {
    values.set(name, await readers.read((connection) => readCommonValues(connection, name, DEFAULT_K, MOST_VALUES)));
  }
  return { ...vocabulary, values };
};

/** The same for a case that is open without readers. */
export const caseVocabulary = async (from: Pick<Case, 'connect'>): Promise<Vocabulary> => {
  const readers = createReaders(from);
  try {
    return await vocabularyOf(readers);
  } finally {
    await readers.close();
  }
};
