import type { FileCounts } from './file-store.ts';

/** Reasons that are named; the quarantine table of a case holds all. */
const NAMED_REASONS = 3;

/** What is said of records that could not be stored: how many, and why; nothing where all were. */
export const quarantineWarning = ({
  rows,
  stored,
  reasons,
}: Pick<FileCounts, 'rows' | 'stored' | 'reasons'>): string[] => {
  if (rows === stored) return [];
  const sorted = Object.entries(reasons).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const named = sorted.slice(0, NAMED_REASONS).map(([reason, count]) => `${reason} (${count})`);
  const more = sorted.length > NAMED_REASONS ? ', …' : '';
  return [`${rows - stored} of ${rows} records went to quarantine: ${named.join(', ')}${more}.`];
};
