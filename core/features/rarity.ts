import { meanPerEvent, ratio } from './expressions.ts';
import type { Feature } from './feature.ts';
import { reached } from './pairs.ts';

/** How unusual the values of a column are among the actors who have one. */
export const rarity = (name: string, column: string, what: string): Feature => ({
  name,
  sentence: `How rare the actor's ${what} are: each bit halves the actors who share them.`,
  formula: `mean over events of −log2(actors with this ${column} / actors with any)`,
  unit: 'bits',
  needs: [column],
  over: reached(column),
  sql: (dialect) => meanPerEvent(dialect, `log2(${ratio('everyone', 'actors')})`),
  worse: 'high',
});
