import { setImmediate as nextTurn } from 'node:timers/promises';
import { NightjarError, throwIfCancelled } from '../core/api/errors.ts';
import type { Watch } from '../core/api/progress.ts';
import { seededRandom } from '../core/random/index.ts';
import { dropBefore, orderBefore } from './batch.ts';
import { cumulativeDayShares } from './calendar.ts';
import { ordinarySession } from './ordinary.ts';
import { plot } from './plot.ts';
import { CHUNK_BYTES, createRowWriter } from './row-writer.ts';
import { createScene } from './scene.ts';
import { DAY_MS, DEFAULT_DAYS, type SampleOptions } from './schema.ts';
import { castList, type CastList } from './summary.ts';
import { weighted } from './weighted.ts';

/** Takes the CSV's bytes in order; a promise holds the generator back. */
export type SampleSink = { write(chunk: Uint8Array): void | Promise<void> };

/** Steps between two chances to be cancelled: about 20 ms of work. */
const STEPS_PER_BREATH = 2000;
const MOST_EVENTS = 500_000_000;
const MOST_DAYS = 3660;
const LEAST_INTENSITY = 0.1;
const MOST_INTENSITY = 10;

/**
 * Plays a platform's behaviour log into `sink`: UTF-8 CSV with a header, exactly `events` rows in order of time,
 * byte for byte the same for the same options on every machine. Memory grows with a day's events, not with the log.
 * Returns who took part. Throws `usage` for impossible options and `cancelled`.
 */
export const generateSample = async (
  options: SampleOptions,
  sink: SampleSink,
  watch: Watch = {},
): Promise<CastList> => {
  const asked = checked(options);
  const { events, seed, days } = asked;
  const breath = async (): Promise<void> => {
    await nextTurn();
    throwIfCancelled(watch.signal);
  };
  const random = seededRandom(seed);
  const scene = await createScene(asked, random, breath);
  const dailies = await plot(scene, random.fork('plot'), breath);
  await breath();
  const anyone = weighted(scene.people.weight);
  const visitors = random.fork('visitors');
  const rows = createRowWriter(scene.people.publicNumber);
  const shares = cumulativeDayShares(days);
  const perActor = new Uint32Array(scene.people.size);
  let bytes = 0;
  let written = 0;
  let steps = 0;

  const breathDue = (): boolean => ++steps % STEPS_PER_BREATH === 0;
  const send = async (): Promise<void> => {
    const chunk = rows.take();
    bytes += chunk.length;
    await sink.write(chunk);
    throwIfCancelled(watch.signal);
    watch.onProgress?.({ stage: 'generate', done: written, total: events, unit: 'events' });
  };
  const writeBefore = async (untilMs: number): Promise<void> => {
    for (const position of orderBefore(scene.batch, untilMs)) {
      rows.row(scene.batch, position);
      const actor = scene.batch.columns.actor[position] ?? 0;
      perActor[actor] = (perActor[actor] ?? 0) + 1;
      written++;
      if (rows.pending() >= CHUNK_BYTES) await send();
    }
    dropBefore(scene.batch, untilMs);
  };

  await breath();
  for (let day = 0; day < days; day++) {
    for (const daily of dailies) {
      daily(day);
      if (breathDue()) await breath();
    }
    const quota = Math.round(events * (shares[day] ?? 1));
    while (scene.batch.added < quota) {
      ordinarySession(scene, anyone(visitors), day, visitors);
      if (breathDue()) await breath();
    }
    await writeBefore((day + 1) * DAY_MS);
  }
  await writeBefore(Number.POSITIVE_INFINITY);
  await send();
  return castList(scene.people, perActor, bytes);
};

const checked = ({ events, seed, days = DEFAULT_DAYS, intensity = {} }: SampleOptions): Required<SampleOptions> => {
  const whole = (value: number, least: number, most: number, where: string): void => {
    if (Number.isSafeInteger(value) && value >= least && value <= most) return;
    throw new NightjarError('usage', `A sample's ${where} must be a whole number from ${least} to ${most}.`, {
      where,
      next: `Give ${where} a value in that range.`,
    });
  };
  whole(events, 1, MOST_EVENTS, 'events');
  whole(seed, 0, Number.MAX_SAFE_INTEGER, 'seed');
  whole(days, 1, MOST_DAYS, 'days');
  for (const [kind, amount] of Object.entries(intensity)) {
    if (amount >= LEAST_INTENSITY && amount <= MOST_INTENSITY) continue;
    throw new NightjarError('usage', `An intensity must lie from ${LEAST_INTENSITY} to ${MOST_INTENSITY}.`, {
      where: `intensity.${kind}`,
      next: 'Leave it out for the usual amount, 1.',
    });
  }
  return { events, seed, days, intensity };
};
