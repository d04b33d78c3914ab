import type { Listed } from './queue-table.ts';
import { plain } from './terminal.ts';

/** A cell that no spreadsheet takes for a formula (OWASP, CSV injection) and any reader takes for text. */
export const csvCell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = plain(value);
  const inert = /^[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",]/u.test(inert) || inert !== value ? `"${inert.replaceAll('"', '""')}"` : inert;
};

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
