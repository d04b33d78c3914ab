import { describe, expect, onTestFinished, it } from 'vitest';
import { createCaseRuns } from '../../../core/api/rules/case-runs.ts';
import { impactOf } from '../../../core/api/rules/impact.ts';
import { parseRules } from '../../../core/rules/text/index.ts';
import { createCase, createReaders, type Decision } from '../../../core/store/index.ts';
import { casePlace, failure } from '../../store/support.ts';
import { DAILY, MANY } from './support.ts';

const ACTORS = 2000;
/** Those whose number ends in 0 have six events on one day, the others three. */
const HIT = ACTORS / 10;
const EVENTS = 3 * ACTORS + 3 * HIT;

const open = async (mostSampled?: number, isHit = 'a % 10 = 0') => {
  const { directory, keyringPath } = casePlace();
  const opened = await createCase(directory, { keyringPath });
  await opened.connection.run(`INSERT INTO events (seq, ts, actor_id, action)
    SELECT row_number() OVER () - 1, make_timestamp((a + k) * 1000000), 'A' || a, 'view'
    FROM range(${ACTORS}) AS t(a), range(6) AS u(k) WHERE k < 3 OR ${isHit}`);
  const readers = createReaders(opened);
  onTestFinished(async () => {
    await readers.close();
    await opened.close();
  });
  return createCaseRuns(readers, mostSampled);
};

const rulesIn = (text: string) => parseRules(text).rules ?? [];
const NOBODY: ReadonlyMap<string, Decision> = new Map();

/** Without a signal, and with no time for a run over all events. */
const inNoTime = [undefined, 0] as const;

describe('the impact of a rule', () => {
  it('is counted where there is time', async () => {
    const runs = await open(EVENTS / 4);
    const impact = await impactOf(runs, NOBODY, rulesIn(MANY));
    expect(impact).toMatchObject({ kind: 'measured', sample: null, actors: HIT, hits: HIT, undecided: HIT });
  });

  it('is counted in a case no larger than a sample, however long it takes', async () => {
    const impact = await impactOf(await open(), NOBODY, rulesIn(MANY), ...inNoTime);
    expect(impact).toMatchObject({ kind: 'measured', sample: null, actors: HIT });
    expect(await impactOf(await open(), NOBODY, rulesIn(DAILY), ...inNoTime)).toMatchObject({ kind: 'measured' });
  });

  it('is estimated from a sample of the actors where there is not, and stays so', async () => {
    const runs = await open(EVENTS / 4);
    const impact = await impactOf(runs, NOBODY, rulesIn(MANY), ...inNoTime);
    if (impact.kind !== 'measured' || impact.sample === null) throw new Error('It was to be estimated.');
    const { oneIn, actors, low, high } = impact.sample;
    expect(oneIn).toBe(4);
    expect(Math.abs(actors - ACTORS / 4)).toBeLessThan(4 * Math.sqrt(ACTORS * 0.25 * 0.75));
    expect(low).toBeLessThan(HIT);
    expect(high).toBeGreaterThan(HIT);
    expect(impact.actors % oneIn).toBe(0);
    expect(impact.perDay.reduce((sum, { hits }) => sum + hits, 0)).toBe(impact.hits);
    expect(impact.examples.length).toBeGreaterThan(0);
    for (const { actor } of impact.examples) expect(actor).toMatch(/^A\d*0$/u); // each hit as in the whole case

    expect(await impactOf(runs, NOBODY, rulesIn(MANY))).toEqual(impact);
    runs.forget();
    expect(await impactOf(runs, NOBODY, rulesIn(MANY))).toMatchObject({ sample: null, actors: HIT });
  });

  it('is estimated as no fewer actors than the sample holds', async () => {
    // Half of the actors; one of them is hit, and the interval of so small a share begins below one.
    const runs = await open(EVENTS / 2, 'a = 1');
    const impact = await impactOf(runs, NOBODY, rulesIn(MANY), ...inNoTime);
    expect(impact).toMatchObject({ actors: 2, sample: { oneIn: 2, low: 1 } });
  });

  it('needs a run where a sample of actors would tell something else, or too few were left', async () => {
    const needsRun = { kind: 'needs-run' };
    expect(await impactOf(await open(EVENTS / 4), NOBODY, rulesIn(DAILY), ...inNoTime)).toMatchObject(needsRun);
    expect(await impactOf(await open(EVENTS / 64), NOBODY, rulesIn(MANY), ...inNoTime)).toMatchObject(needsRun);
  });

  it('is counted for who still wants it when who asked first does not', async () => {
    const runs = await open();
    const abort = new AbortController();
    const first = failure(() => runs.run(rulesIn(MANY), abort.signal));
    const second = runs.run(rulesIn(MANY));
    abort.abort();
    expect((await first).code).toBe('cancelled');
    expect((await second).hits[0]?.byActor.size).toBe(HIT);
  });

  it('is not looked for any longer once nobody waits for it', async () => {
    const runs = await open(EVENTS / 4);
    const gone = () => impactOf(runs, NOBODY, rulesIn(MANY), AbortSignal.abort());
    expect((await failure(gone)).code).toBe('cancelled');
    await impactOf(runs, NOBODY, rulesIn(MANY), ...inNoTime);
    expect((await failure(gone)).code).toBe('cancelled');
  });
});
