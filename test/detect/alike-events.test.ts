import { describe, expect, it } from 'vitest';
import { detectActors } from '../../core/detect/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import type { Interactions } from '../../core/table/index.ts';
import { tableOf } from './tables.ts';

const ORDINARY = 400;
const TWINS = 30;

/** Ordinary actors of many events, and twins that are the same in every column, of so many events each. */
const withTwins = (eventsOfTwin: number) => {
  const random = seededRandom(5);
  const column = (twin: number): number[] =>
    Array.from({ length: ORDINARY + TWINS }, (_, i) => (i < ORDINARY ? random.normal() : twin));
  const events = Array.from({ length: ORDINARY + TWINS }, (_, i) => (i < ORDINARY ? 40 : eventsOfTwin));
  return tableOf({ a: column(0.31), b: column(-0.72), c: column(1.13), d: column(0.05), e: column(-0.4) }, events);
};
const nothingTogether = (): Promise<Interactions | undefined> => Promise.resolve(undefined);
const options = { seed: 1, minEvents: 1, threads: 1, detectors: ['isolationForest', 'lockstep'] };

const likenessOfTwins = async (events: number, isLog: boolean): Promise<{ least: number; most: number }> => {
  const detection = await detectActors(withTwins(events), {
    ...options,
    ...(isLog ? { interactions: nothingTogether } : {}),
  });
  const likeness = Array.from(detection.alike ?? []).slice(ORDINARY);
  return { least: Math.min(...likeness), most: Math.max(...likeness) };
};

describe('likeness and events', () => {
  it('counts twins of a log who did something twice or more', async () => {
    expect((await likenessOfTwins(2, true)).least).toBeGreaterThan(2);
  });
  it('does not count twins of a log who did one thing each: one event leaves nothing to differ in', async () => {
    expect(await likenessOfTwins(1, true)).toEqual({ least: 0, most: 0 });
  });
  it('counts twins of a table of entities, whose rows are one event each', async () => {
    expect((await likenessOfTwins(1, false)).least).toBeGreaterThan(2);
  });
});
