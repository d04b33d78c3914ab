import { meanOf, ratio } from './expressions.ts';
import type { Family, Feature } from './feature.ts';
import { reached } from './pairs.ts';
import { steps } from './steps.ts';

const texts = reached('text_digest');

const mean = (name: string, column: string, sentence: string, unit: string): Feature => ({
  name,
  sentence,
  formula: `mean of ${column}`,
  unit,
  needs: [column],
  over: steps,
  sql: (dialect) => meanOf(dialect, column),
  worse: 'both',
});

export const text: Family = {
  name: 'text',
  title: 'Text',
  features: [
    mean('text_length_mean', 'text_length', 'How long the texts are on average.', 'characters'),
    mean('text_links_mean', 'text_links', 'How many links a text holds on average.', 'links'),
    mean('text_digits_mean', 'text_digits', 'Share of digits in the texts on average.', 'share'),
    mean('text_entropy_mean', 'text_entropy', 'How varied the characters of the texts are on average.', 'bits'),
    {
      name: 'text_repeat_share',
      sentence: 'Share of texts the actor had already sent.',
      formula: '1 − distinct text_digest / texts',
      unit: 'share',
      needs: ['text_digest'],
      over: texts,
      sql: () => `1e0 - ${ratio('count(*)', 'sum(n)')}`,
      worse: 'high',
    },
    {
      name: 'text_copied_share',
      sentence: 'Share of texts that other actors sent as well.',
      formula: 'texts whose text_digest another actor has too / texts',
      unit: 'share',
      needs: ['text_digest'],
      over: texts,
      sql: () => ratio('sum(CASE WHEN actors > 1 THEN n ELSE 0 END)', 'sum(n)'),
      worse: 'high',
    },
  ],
};
