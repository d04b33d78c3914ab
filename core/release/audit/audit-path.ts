import { NightjarError } from '../../api/errors.ts';
import { breathe, makePace, type Watch } from '../../api/progress.ts';
import { toNumber } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import type { PrivacyLoss } from '../accounting/index.ts';
import type { JsonValue } from '../keys/index.ts';
import { planRelease } from '../plan.ts';
import { parseQuery } from '../query/index.ts';
import type { ReleaseQuery, ReleaseRows } from '../schema.ts';
import { withFewerGroups } from './fewer-groups.ts';
import { madeUpRows, type Person } from './made-up-rows.ts';
import { neighboursOf } from './neighbours.ts';
import { auditInOneRun, type OneRun } from './one-run.ts';
import { whatLeaves, type ReleasePath } from './release-path.ts';
import { testSamplers, type SamplerTest } from './sampler-tests.ts';
import { tellApart, type ToldApart } from './told-apart.ts';

export type AuditSettings = {
  /** Releases of each data set of each pair. */
  readonly runs: number;
  /** Canaries of the one-run estimate. */
  readonly canaries: number;
  /** With this probability all lower bounds together are at most the true loss; such as 0.95. */
  readonly confidence: number;
  /** For the tosses of canaries and the tests of samplers. */
  readonly source: NoiseSource;
  /** Rows of made-up people as the path reads them; left out: columns made in memory. Several readings of the same. */
  readonly readRows?: (query: ReleaseQuery, people: readonly Person[]) => Promise<readonly ReleaseRows[]>;
};

export type PairAudit = { readonly name: string; readonly sentence: string } & ToldApart;

/** What an audit found out: nothing in it depends on any real data. */
export type PathAudit = {
  /** What the lower bounds are of, and what was claimed of it. */
  readonly of: 'epsilon' | 'rho';
  readonly claimed: number;
  readonly delta: number;
  readonly confidence: number;
  /** The largest of the bounds below. */
  readonly lowerBound: number;
  /** Whether the claim is refuted at the stated confidence. */
  readonly exceeds: boolean;
  readonly pairs: readonly PairAudit[];
  /** Undefined where the measure does not lend itself to it. */
  readonly oneRun: OneRun | undefined;
  readonly samplers: readonly SamplerTest[];
};

/**
 * Audits a release path: runs it many times on made-up neighbouring data sets and once on many canaries, and reports how
 * much privacy loss its outputs prove. Each of the n estimates holds at 1 − (1 − confidence) / n, all of them together at
 * the confidence (Bonferroni 1936). A bound below the claim is no proof that the claim is right: the audit sees what these
 * pairs bring out, and no probability much below 1 / runs. Errors: `usage` for settings out of range or a query that cannot
 * be planned, `cancelled`.
 */
export const auditPath = async (
  json: JsonValue,
  claimed: PrivacyLoss,
  path: ReleasePath,
  settings: AuditSettings,
  watch: Watch = {},
): Promise<PathAudit> => {
  requireSettings(settings);
  const { runs, canaries, confidence, source, readRows = inMemory } = settings;
  const shown = withFewerGroups(json, planRelease(parseQuery(json), claimed));
  const plan = planRelease(parseQuery(shown), claimed);
  const neighbours = neighboursOf(plan);
  const alpha = (1 - confidence) / (neighbours.length + 1);
  const release = whatLeaves(path);
  const pace = makePace(watch);
  const pairs: PairAudit[] = [];
  for (const { name, sentence, without, withActor } of neighbours) {
    const [left, right] = [await readRows(plan.query, without), await readRows(plan.query, withActor)];
    const texts: readonly [string[], string[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      await pace();
      texts[0].push(await release(shown, reading(left, run)));
      texts[1].push(await release(shown, reading(right, run)));
      if (run % 50 === 0) watch.onProgress?.({ stage: `Releasing: ${name}`, done: run, total: runs, unit: 'runs' });
    }
    pairs.push({ name, sentence, ...(await tellApart(texts[0], texts[1], claimed, alpha, watch)) });
  }
  watch.onProgress?.({ stage: 'One run with many canaries', done: 0, unit: 'runs' });
  const oneRun = await auditInOneRun(json, claimed, release, { canaries, alpha, source }, watch);
  await breathe(watch);
  const noises = [...(plan.selection === undefined ? [] : [plan.selection]), ...plan.statistics];
  const samplers = testSamplers(
    noises.map(({ noise }) => noise),
    source,
  );
  const lowerBound = Math.max(...pairs.map((each) => each.lowerBound), oneRun?.lowerBound ?? 0);
  const most = toNumber(claimed.kind === 'zcdp' ? claimed.rho : claimed.epsilon);
  return {
    of: claimed.kind === 'zcdp' ? 'rho' : 'epsilon',
    claimed: most,
    delta: claimed.kind === 'approximate' ? toNumber(claimed.delta) : 0,
    confidence,
    lowerBound,
    exceeds: lowerBound > most,
    pairs,
    oneRun,
    samplers,
  };
};

const inMemory = async (query: ReleaseQuery, people: readonly Person[]): Promise<readonly ReleaseRows[]> => [
  madeUpRows(query, people),
];

const reading = (readings: readonly ReleaseRows[], run: number): ReleaseRows => {
  const rows = readings[run % readings.length];
  if (rows !== undefined) return rows;
  throw new NightjarError('internal', 'An audit has no rows to release.');
};

const requireSettings = ({ runs, canaries, confidence }: AuditSettings): void => {
  const isRight = Number.isSafeInteger(runs) && runs >= 20 && Number.isSafeInteger(canaries) && canaries >= 0;
  if (isRight && confidence > 0.5 && confidence < 1) return;
  throw new NightjarError('usage', 'A setting of the audit is out of range.', {
    next: 'Give at least 20 runs, and a confidence between 0.5 and 1.',
  });
};
