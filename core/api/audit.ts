import { parseRational } from '../math/rational.ts';
import { createNoiseSource } from '../random/noise-source.ts';
import { systemRandom } from '../random/index.ts';
import { auditPath, type PathAudit } from '../release/audit/index.ts';
import { parseQuery, planRelease } from '../release/index.ts';
import type { JsonValue } from '../release/keys/index.ts';
import { lossOfBudget } from '../release/release-file/index.ts';
import { VERSION } from '../version.ts';
import type { Case } from '../store/index.ts';
import { requireReleaseColumns } from '../store/release-rows.ts';
import { DEFAULT_QUERIES } from './audit/default-queries.ts';
import { importedRows } from './audit/imported-rows.ts';
import { productPath } from './audit/product-path.ts';
import { throwIfCancelled } from './errors.ts';
import type { Watch } from './progress.ts';
import { onOwnConnection } from './release/own-connection.ts';
import { readDelta, readPositive } from './release/settings.ts';

export type AuditRequest = {
  /** A query as JSON; left out: a count, a mean and, with a delta, a count of unknown keys, over logs that are imported. */
  readonly query?: JsonValue | undefined;
  /** The claim, as decimals. */
  readonly epsilon: string;
  readonly delta?: string | undefined;
  /** Releases of each data set of each pair. */
  readonly runs: number;
  /** Left out: 2,000. */
  readonly canaries?: number | undefined;
  /** Left out: 0.95. */
  readonly confidence?: number | undefined;
};

/** One query's audit. */
export type QueryAudit = PathAudit & {
  readonly query: JsonValue;
  /** What was run: from the import of made-up log files on, or from made-up columns on. */
  readonly from: 'import' | 'columns';
  readonly runs: number;
  readonly elapsedMs: number;
};

export type AuditReport = {
  readonly software: string;
  readonly audits: readonly QueryAudit[];
  /** Whether any claim is refuted. */
  readonly exceeds: boolean;
  readonly statements: readonly string[];
};

/**
 * Runs the release path over made-up data many times and reports how much privacy loss its outputs prove, beside the claim.
 * Of the case only the columns are looked at, to see that the query could be released from it: no row is read, nothing is
 * written and no budget is spent; the report holds nothing of it. Errors: `usage` for a query or a budget that cannot be
 * released, `cancelled`.
 */
export const auditRelease = async (
  from: Pick<Case, 'connect'> | undefined,
  request: AuditRequest,
  watch: Watch = {},
): Promise<AuditReport> => {
  const epsilon = request.epsilon;
  const delta = request.delta ?? '0';
  readPositive('epsilon', epsilon);
  readDelta('delta', delta);
  const claimed = lossOfBudget(epsilon, delta);
  const given = request.query;
  if (given !== undefined) {
    const { query } = planRelease(parseQuery(given), claimed);
    if (from !== undefined) await onOwnConnection(from, (connection) => requireReleaseColumns(connection, query));
  }
  const queries =
    given === undefined
      ? DEFAULT_QUERIES.filter(({ needsDelta }) => !needsDelta || parseRational(delta).numerator > 0n)
      : [{ query: given }];
  const audits: QueryAudit[] = [];
  for (const [place, { query }] of queries.entries()) {
    throwIfCancelled(watch.signal);
    const startedAt = performance.now();
    const source = createNoiseSource(systemRandom);
    try {
      const audit = await auditPath(
        query,
        claimed,
        productPath(epsilon, delta, systemRandom, watch),
        {
          runs: request.runs,
          canaries: request.canaries ?? 2000,
          confidence: request.confidence ?? 0.95,
          source,
          ...(given === undefined ? { readRows: importedRows } : {}),
        },
        watchOf(watch, queries.length > 1 ? `Query ${place + 1} of ${queries.length}: ` : ''),
      );
      const elapsedMs = Math.round(performance.now() - startedAt);
      audits.push({
        ...audit,
        query,
        from: given === undefined ? 'import' : 'columns',
        runs: request.runs,
        elapsedMs,
      });
    } finally {
      source.close();
    }
  }
  return {
    software: `nightjar ${VERSION}`,
    audits,
    exceeds: audits.some(({ exceeds }) => exceeds),
    statements: STATEMENTS,
  };
};

/** The same stages come with every query: each is told apart by its own name. */
const watchOf = (watch: Watch, prefix: string): Watch => {
  const { onProgress } = watch;
  if (onProgress === undefined) return watch;
  return { ...watch, onProgress: (step) => onProgress({ ...step, stage: `${prefix}${step.stage}` }) };
};

const STATEMENTS: readonly string[] = [
  'The data are made up: no row of the case was read, nothing was released, no budget was spent.',
  'What was run is the program as it is: bounding, selection, noise, rounding, intervals, signing and the text of the file.',
  'All lower bounds of one query together are at most the true loss, except with the probability left by the confidence.',
  'A bound below the claim proves nothing about the claim: an audit finds faults, it cannot show that there are none.',
  'Not looked at: time, memory, what is left on disk, and events rarer than about 1 / runs, such as a delta of 1e-6.',
];
