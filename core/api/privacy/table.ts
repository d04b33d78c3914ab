import { z } from 'zod';
import type { JsonValue } from '../../release/keys/index.ts';
import type { ReleaseFile } from '../../release/release-file/index.ts';
import { loadRelease } from '../../store/ledger-answers.ts';
import type { Case } from '../../store/index.ts';
import type { ReleasedTable } from '../contract/privacy.ts';
import { NightjarError } from '../errors.ts';
import { ledgerState } from '../release/ledger-acts.ts';

/** Groups that the page shows; the files hold all. */
const MOST_ROWS = 2000;

/** The stored bytes of a request's answer. Errors: `usage` where it has none, `case-damaged`. */
export const answerOf = (from: Case, request: string): Buffer => {
  const sha256 = ledgerState(from).requests.get(request)?.answer;
  if (sha256 !== undefined) return loadRelease(from.paths, sha256);
  throw new NightjarError('usage', 'The request has no answer.', { next: 'Have a reviewer approve it.' });
};

/** What a release file shows: numbers with noise, and what made them. */
export const tableOf = ({ release }: ReleaseFile): ReleasedTable => {
  const groups = release.columns[0]?.value.length ?? 0;
  const { level, purpose, asker, approver, reviewer, alone, epsilon, delta, request, releasedAt } = release;
  return {
    level,
    purpose,
    asker,
    approver,
    reviewer,
    alone,
    epsilon,
    delta,
    request,
    releasedAt,
    statements: release.statements,
    keys: release.keys.map(({ column }) => column),
    columns: release.columns.map(({ name }) => name),
    hasUnknownKeys: hasUnknownKeys(release.query),
    groups,
    rows: Array.from({ length: Math.min(groups, MOST_ROWS) }, (_, group) => ({
      keys: release.keys.map(({ of }) => of[group] ?? ''),
      values: release.columns.map(({ value, low, high }) => ({
        value: value[group] ?? null,
        low: low[group] ?? null,
        high: high[group] ?? null,
      })),
    })),
  };
};

/** A group that is absent then was not chosen; else every declared group is there. */
const hasUnknownKeys = (query: JsonValue): boolean => UNKNOWN.safeParse(query).success;

const UNKNOWN = z.object({
  by: z
    .array(z.unknown())
    .refine((by) => by.some((each) => z.object({ keys: z.literal('unknown') }).safeParse(each).success)),
});
