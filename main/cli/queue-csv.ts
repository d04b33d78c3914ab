import { csvCell as inertCell } from '../../core/api/csv.ts';
import type { Listed } from './queue-table.ts';
import { plain } from './terminal.ts';

/** A cell as `csvCell` of the exports makes it, of text that is shown as in the terminal. */
export const csvCell = (value: string | number | null): string =>
  inertCell(typeof value === 'string' ? plain(value) : value);

/** The queue as CSV: one actor a line, one column per detector, the reasons as sentences. */
export const queueCsv = ({ run, actors }: Listed): string => {
  const header = ['rank', 'actor', 'score', 'percentile', 'p_value', 'evidence', 'events', ...run.detectors, 'reasons'];
  const lines = actors.map((actor) => [
    actor.rank,
    actor.actor,
    actor.score,
    actor.percentile,
    actor.pValue ?? null,
    actor.evidence,
    actor.events,
    ...run.detectors.map((name) => actor.detectors[name] ?? null),
    actor.reasons.map((reason) => reason.sentence).join(' '),
  ]);
  return [header, ...lines].map((line) => `${line.map(csvCell).join(',')}\n`).join('');
};
