import type { AuditView } from '../../../core/api/contract.ts';
import type { AuditBound } from '../../plots/audit-bounds.ts';
import { measureWords } from './query-words.ts';

/** One bar for every pair of data sets and for the one run with many canaries, query by query. */
export const auditBounds = ({ audits }: Pick<AuditView, 'audits'>): readonly AuditBound[] =>
  audits.flatMap(({ query, pairs, oneRun, claimed, of }) => {
    const bar = (name: string, lowerBound: number): AuditBound => ({
      name: `${measureWords(query)}: ${name}`,
      lowerBound,
      claimed,
      of,
    });
    return [
      ...pairs.map(({ name, lowerBound }) => bar(name, lowerBound)),
      ...(oneRun === undefined ? [] : [bar('many at once', oneRun.lowerBound)]),
    ];
  });
