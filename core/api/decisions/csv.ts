import type { Decision } from '../../store/index.ts';
import { csvText } from '../csv.ts';

const HEADER = ['actor', 'verdict', 'kind', 'note', 'decided_at'];

/** Decisions as CSV, the newest first, times in ISO 8601. */
export const decisionsCsv = (decisions: ReadonlyMap<string, Decision>): string =>
  csvText(
    HEADER,
    newestFirst(decisions).map(([actor, { verdict, kind, note, decidedAt }]) => [
      actor,
      verdict,
      kind,
      note,
      new Date(decidedAt).toISOString(),
    ]),
  );

export const newestFirst = (decisions: ReadonlyMap<string, Decision>): [string, Decision][] =>
  [...decisions].sort((a, b) => b[1].decidedAt - a[1].decidedAt || (a[0] < b[0] ? -1 : 1));
