import type { Case } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import { parseSignedFile } from '../release/files.ts';
import { releaseCsv } from '../release/index.ts';
import { answerOf } from './table.ts';

/**
 * The answer of a request as the text of a file: as it was signed, or as a table. `rows` are its groups, or its trees.
 * Errors: `usage` where it has none, or a forest is asked for as a table; `case-damaged`.
 */
export const exportedAnswer = (
  from: Case,
  request: string,
  format: 'json' | 'csv',
): { readonly text: string; readonly rows: number } => {
  const text = answerOf(from, request).toString('utf8');
  const file = parseSignedFile(text);
  if (!('forest' in file)) {
    const rows = file.release.columns[0]?.value.length ?? 0;
    return { text: format === 'json' ? text : releaseCsv(file), rows };
  }
  if (format === 'json') return { text, rows: file.forest.trees.length };
  throw new NightjarError('usage', 'A forest is no table.', { next: 'Export it as JSON.' });
};
