import { EVENT_COLUMNS, PRESETS } from '../../ingest/index.ts';

/** Columns that the import makes itself, or that only it understands. */
const MADE = new Set(['seq', 'dataset']);

/** Event columns and presets that a mapping can name. */
export const importVocabulary = () => ({
  columns: [
    ...EVENT_COLUMNS.filter(({ name }) => !MADE.has(name) && !name.startsWith('text_')).map(
      ({ name, meaning, ecs }) => ({
        name,
        meaning,
        ecs: ecs ?? null,
      }),
    ),
    { name: 'text', meaning: 'a free text: its features are kept, the text is dropped', ecs: null },
  ],
  presets: PRESETS.map(({ name, sentence }) => ({ name, sentence })),
});
