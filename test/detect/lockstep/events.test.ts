import { describe, expect, it } from 'vitest';
import { measureCoAction } from '../../../core/detect/lockstep/events/co-action.ts';
import { eachMeeting, quietObjects } from '../../../core/detect/lockstep/events/meetings.ts';
import { occasionsOf } from '../../../core/detect/lockstep/events/occasions.ts';
import { repeatedPairs } from '../../../core/detect/lockstep/events/pairs.ts';
import { surpriseAround, surpriseOf } from '../../../core/detect/lockstep/events/surprise.ts';
import { touchesOf } from '../../../core/detect/lockstep/events/touches.ts';
import { seededRandom } from '../../../core/random/index.ts';
import type { Interactions } from '../../../core/table/index.ts';
import { rocAuc } from '../tables.ts';
import { noPace } from './tables.ts';

type Event = readonly [actor: number, object: number, second: number];

const interactionsOf = (events: readonly Event[]): Interactions => {
  const ordered = events.toSorted((a, b) => a[2] - b[2]);
  return {
    actors: Uint32Array.from(ordered, ([actor]) => actor),
    objects: Uint32Array.from(ordered, ([, object]) => object),
    seconds: Float64Array.from(ordered, ([, , second]) => second),
    objectCount: ordered.reduce((most, [, object]) => Math.max(most, object + 1), 0),
  };
};

const DAY = 86_400;
const ACTORS = 1000;

/** Actors 0…999 touch 10 of 500 objects each, by a Zipf popularity, over 30 days. */
const ordinary = (seed: number): readonly Event[] => {
  const random = seededRandom(seed);
  return Array.from({ length: ACTORS * 10 }, (_, e): Event => [
    e % ACTORS,
    Math.floor(500 ** random.float()) - 1,
    random.float() * 30 * DAY,
  ]);
};

describe('touchesOf', () => {
  it('sorts by object and takes repeated touches of a session for one', () => {
    const touches = touchesOf(
      interactionsOf([
        [0, 1, 0],
        [1, 0, 5],
        [0, 1, 60],
        [1, 1, 70],
        [0, 1, 5000],
        [0, 0, 9000],
        [0, 1, 6000],
      ]),
      2,
    );
    expect([...touches.starts]).toEqual([0, 2, 5]);
    expect([...touches.actors]).toEqual([1, 0, 0, 1, 0]);
    expect([...touches.seconds]).toEqual([5, 9000, 0, 70, 5000]);
  });
});

describe('eachMeeting', () => {
  it('calls pairs of different actors with the shortest window that holds them', async () => {
    const touches = touchesOf(
      interactionsOf([
        [0, 0, 0],
        [1, 0, 30],
        [2, 0, 800],
        [0, 0, 90_000],
        [1, 1, 0],
      ]),
      3,
    );
    const met: number[][] = [];
    await eachMeeting(touches, quietObjects(touches, 100).quiet, (...meeting) => met.push(meeting), noPace);
    expect(met).toEqual([
      [0, 1, 0, 0, 30],
      [0, 2, 0, 1, 800],
      [1, 2, 0, 1, 800],
    ]);
  });

  it('leaves out the objects with most company first', () => {
    const busy = Array.from({ length: 50 }, (_, k): Event => [k, 0, k]);
    const quiet = Array.from({ length: 50 }, (_, k): Event => [k, 1, 50_000 * k]);
    const touches = touchesOf(interactionsOf([...busy, ...quiet]), 50);
    expect([...quietObjects(touches, 1000).quiet]).toEqual([1, 1]);
    expect([...quietObjects(touches, 100).quiet]).toEqual([0, 1]);
  });
});

describe('occasionsOf', () => {
  it.each([
    [0, 0],
    [0b1, 1],
    [0b11, 1],
    [0b111, 2],
    [0b101, 2],
    [0b1001_0110, 3],
    [1 << 31, 1],
    [(1 << 31) | 1, 1],
    [(1 << 31) | 0b101, 2],
    [-1, 16],
  ])('of quarters %i is %i', (quarters, occasions) => {
    expect(occasionsOf(quarters)).toBe(occasions);
  });
});

describe('repeatedPairs', () => {
  const events: readonly Event[] = [
    ...([
      [0, 0, 0],
      [1, 0, 10],
      [2, 0, 20],
    ] as const),
    ...([
      [0, 1, DAY],
      [1, 1, DAY + 600],
      [0, 2, DAY + 601],
      [1, 2, DAY + 602],
    ] as const),
    ...([
      [0, 3, 5 * DAY],
      [1, 3, 5 * DAY + 30],
      [1, 3, 5 * DAY + 2000],
    ] as const),
  ];

  it('counts distinct objects of pairs that met again, those of one occasion once, per window', async () => {
    const pairs = await repeatedPairs(touchesOf(interactionsOf(events), 3), 3, noPace);
    expect(pairs.count).toBe(1);
    expect([pairs.first[0], pairs.second[0]]).toEqual([0, 1]);
    expect([...pairs.objects.subarray(0, 4)]).toEqual([3, 3, 3, 3]);
    expect([...pairs.distinct.subarray(0, 4)]).toEqual([3, 4, 4, 4]);
    expect([...pairs.met.subarray(0, 4)]).toEqual([3, 3, 3, 3]);
    expect([...pairs.meetings.subarray(0, 4)]).toEqual([4, 4, 4, 4]);
  });

  it('looks at fewer objects when there are more pairs than may be kept', async () => {
    const touches = touchesOf(interactionsOf(ordinary(3)), ACTORS);
    const all = await repeatedPairs(touches, ACTORS, noPace);
    const few = await repeatedPairs(touches, ACTORS, noPace, 50);
    expect(all.count).toBeGreaterThan(50);
    expect(few.count).toBeLessThanOrEqual(50);
  });
});

describe('surprise', () => {
  it('has the mean and variance of its Poisson variable', () => {
    const random = seededRandom(4);
    for (const mean of [0.0625, 1, 16]) {
      const surprise = surpriseAround(mean);
      let sum = 0;
      let square = 0;
      const draws = 40_000;
      for (let k = 0; k < draws; k++) {
        let count = -1;
        for (let wait = 0; wait < mean; count++) wait -= Math.log(1 - random.float());
        const value = surpriseOf(surprise, count);
        sum += value / draws;
        square += (value * value) / draws;
      }
      expect(Math.abs(sum - surprise.mean)).toBeLessThan(4 * Math.sqrt(surprise.variance / draws));
      expect((square - sum * sum) / surprise.variance).toBeCloseTo(1, 0);
    }
  });

  it('grows with the count up to 5', () => {
    const surprise = surpriseAround(1);
    expect(surpriseOf(surprise, 0)).toBe(0);
    expect(surpriseOf(surprise, 3)).toBeGreaterThan(surpriseOf(surprise, 2));
    expect(surpriseOf(surprise, 1000)).toBe(5);
  });
});

describe('measureCoAction', () => {
  it('finds a ring, all of it and nobody else', async () => {
    const random = seededRandom(9);
    const ring = Array.from({ length: 8 }, (_, k) => 100 + k);
    const events = [...ordinary(1)];
    for (let campaign = 0; campaign < 8; campaign++) {
      const at = random.float() * 29 * DAY;
      for (const actor of ring) events.push([actor, 20 + 31 * campaign, at + random.float() * 600]);
    }
    const { decades, groups, closeness } = await measureCoAction(interactionsOf(events), ACTORS, noPace, 9);
    decades.forEach((value, actor) => {
      if (ring.includes(actor)) expect(value).toBeGreaterThan(3);
      else expect(value).toBeLessThan(1);
    });
    expect(groups).toHaveLength(1);
    expect(groups[0]?.members.toSorted((a, b) => a - b)).toEqual(ring);
    expect(groups[0]?.sentence).toMatch(/^8 actors touched the same objects within 15 minutes of each other/);
    expect(Math.min(...ring.map((actor) => closeness[actor] ?? 0))).toBeGreaterThan(0.9);
  });

  it('finds a campaign of a day, in which the same meet again and again', async () => {
    const random = seededRandom(11);
    const ring = Array.from({ length: 25 }, (_, k) => 100 + k);
    const events = [...ordinary(4)];
    for (let round = 0; round < 40; round++) {
      for (const actor of ring) events.push([actor, 500 + (round % 8), 3 * DAY + 1800 * round + 60 * random.float()]);
    }
    const { decades, groups } = await measureCoAction(interactionsOf(events), ACTORS, noPace, 9);
    decades.forEach((value, actor) => {
      if (ring.includes(actor)) expect(value).toBeGreaterThan(3);
      else expect(value).toBeLessThan(1);
    });
    expect(groups.map(({ members }) => members.toSorted((a, b) => a - b))).toEqual([ring]);
  });

  it('does not take a few who do most of everything for a ring', async () => {
    for (let seed = 0; seed < 3; seed++) {
      const random = seededRandom(seed);
      const events = Array.from({ length: 12_900 }, (_, e): Event => [
        e < 8_000 ? e % 10 : 10 + (e % 490),
        Math.floor(1000 ** random.float()) - 1,
        random.float() * 14 * DAY,
      ]);
      const { decades } = await measureCoAction(interactionsOf(events), 500, noPace, 9);
      expect(Math.max(...decades)).toBeLessThan(1);
    }
  });

  it('does not take crowds that come to one object at once for a ring', async () => {
    const random = seededRandom(2);
    const events = [...ordinary(2)];
    for (let crowd = 0; crowd < 6; crowd++) {
      const at = random.float() * 29 * DAY;
      for (let k = 0; k < 200; k++) events.push([random.int(ACTORS), 50 + crowd, at + random.float() * 3600]);
    }
    const { decades, groups } = await measureCoAction(interactionsOf(events), ACTORS, noPace, 9);
    expect(Math.max(...decades)).toBeLessThan(2);
    expect(groups).toEqual([]);
  });

  it('ranks those who are paid to come, over weeks, above crowds of ordinary actors who come at once', async () => {
    const random = seededRandom(5);
    const days = (from: number, to: number): number => (from + (to - from) * random.float()) * DAY;
    const events = Array.from({ length: ACTORS * 3 }, (_, e): Event => [
      e % ACTORS,
      Math.floor(500 ** random.float()) - 1,
      days(0, 90),
    ]);
    for (let crowd = 0; crowd < 20; crowd++) {
      const at = days(0, 90);
      for (let k = 0; k < 150; k++) events.push([random.int(ACTORS), 50 + crowd, at + random.float() * 3600]);
    }
    const PAID = 300;
    for (let k = 0; k < PAID; k++) {
      events.push([ACTORS + k, 500 + (k % 10), days(10, 70)], [ACTORS + k, 500 + ((7 * k + 3) % 10), days(10, 70)]);
    }
    const { closeness } = await measureCoAction(interactionsOf(events), ACTORS + PAID, noPace, 9);
    const isPaid = Array.from(closeness, (_, actor) => Number(actor >= ACTORS));
    expect(rocAuc(closeness, isPaid)).toBeGreaterThan(0.99);
  });

  it('does not take visitors of the same pages, each with all it loads, for a ring', async () => {
    const random = seededRandom(6);
    const events: Event[] = [];
    for (let actor = 0; actor < ACTORS; actor++) {
      for (let visit = random.int(6); visit >= 0; visit--) {
        let second = random.int(5) * DAY + (14 + 4 * random.normal()) * 3600;
        for (let more = random.int(4); more >= 0; more--) {
          const page = Math.floor(60 ** random.float()) - 1;
          events.push([actor, page, second]);
          for (let k = 0; k < 3; k++) events.push([actor, 60 + 3 * page + k, second + 3 * random.float()]);
          for (let k = 0; k < 6; k++) events.push([actor, 300 + k, second + 3 * random.float()]);
          second += 20 + 200 * random.float();
        }
      }
    }
    const { decades, groups } = await measureCoAction(interactionsOf(events), ACTORS, noPace, 9);
    expect(Math.max(...decades)).toBeLessThan(1);
    expect(groups).toEqual([]);
  });

  it('finds nothing in ordinary traffic (20 logs; a false alarm in one of 100 logs is allowed each)', async () => {
    let alarms = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { decades } = await measureCoAction(interactionsOf(ordinary(seed)), ACTORS, noPace, 9);
      if (decades.some((value) => value >= 2)) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(2); // more than 2 of 20 at 1 % each: 1 in 1000
  });

  it('stands a log without a second actor, without a meeting, and times that are missing', async () => {
    const lonely = await measureCoAction(
      interactionsOf([
        [0, 0, 1],
        [0, 0, 2],
      ]),
      1,
      noPace,
      9,
    );
    expect([...lonely.decades]).toEqual([0]);
    const strangers = await measureCoAction(
      interactionsOf([
        [0, 0, 1],
        [1, 1, Number.NaN],
      ]),
      2,
      noPace,
      9,
    );
    expect([...strangers.decades]).toEqual([0, 0]);
    expect(strangers.groups).toEqual([]);
  });
});
