import type { Random } from '../../../core/random/index.ts';
import type { Interactions } from '../../../core/table/index.ts';

type Touch = readonly [actor: number, object: number, second: number];
export type Log = { readonly actors: number; readonly touches: readonly Touch[] };

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Logs of touches in which nobody is in lockstep, though many meet. */
export const NULL_LOGS: Readonly<Record<string, (random: Random) => Log>> = {
  'some do a hundred times as much': (random) =>
    logOf(800, (touch, a) => {
      const count = Math.min(300, 1 + Math.floor(3 * (1 - random.float()) ** -0.9));
      for (let k = 0; k < count; k++) touch(a, popular(random, 300), random.float() * 14 * DAY);
    }),
  'the same at working hours': (random) =>
    logOf(800, (touch, a) => {
      const count = Math.min(600, 1 + Math.floor(5 * (1 - random.float()) ** -0.9));
      for (let k = 0; k < count; k++) touch(a, popular(random, 1000), random.int(20) * DAY + officeHour(random));
    }),
  'sittings of eight touches': (random) =>
    logOf(2000, (touch, a) => {
      for (let sitting = Math.floor(6 * random.float() ** 3); sitting >= 0; sitting--) {
        const start = random.float() * 30 * DAY;
        for (let k = 0; k < 8; k++) touch(a, popular(random, 400), start + 40 * k);
      }
    }),
  '20 live events, strangers each time': (random) => {
    const crowds = Array.from({ length: 20 }, () => random.float() * 30 * DAY);
    return logOf(3000, (touch, a) => {
      for (let k = 0; k < 5; k++) touch(a, 50 + popular(random, 2000), random.float() * 30 * DAY);
      crowds.forEach((start, event) => {
        if (random.float() < 0.13) touch(a, event, start + random.float() * 0.5 * HOUR);
      });
    });
  },
  '8 live events, 500 who come to most': (random) =>
    logOf(3000, (touch, a) => {
      for (let k = 0; k < 5; k++) touch(a, 50 + popular(random, 2000), random.float() * 30 * DAY);
      for (let event = 0; event < 8; event++) {
        if (a < 500 && random.float() < 0.6) touch(a, event, event * 3 * DAY + random.float() * HOUR);
      }
    }),
  'teams of ten with objects of their own': (random) =>
    logOf(600, (touch, a) => {
      for (let k = 0; k < 40; k++) {
        const object = random.float() < 0.5 ? 1000 + 20 * Math.floor(a / 10) + random.int(20) : popular(random, 500);
        touch(a, object, random.int(20) * DAY + officeHour(random));
      }
    }),
  'three time zones': (random) =>
    logOf(2000, (touch, a) => {
      for (let k = 0; k < 15; k++) {
        touch(a, popular(random, 3000), random.int(30) * DAY + 8 * HOUR * (a % 3) + 6 * HOUR * random.float());
      }
    }),
  '200 narrow interests': (random) =>
    logOf(3000, (touch, a) => {
      const topic = 30 * random.int(200);
      for (let k = 0; k < 12; k++) touch(a, topic + popular(random, 30), random.float() * 30 * DAY);
    }),
  'a post each morning, with faithful readers': (random) =>
    logOf(2000, (touch, a) => {
      for (let day = 0; day < 30; day++) {
        const isRead = random.float() < (a < 200 ? 0.7 : 0.05);
        if (isRead) touch(a, day, day * DAY + 8 * HOUR - Math.log(1 - random.float()) * 2 * HOUR);
      }
      for (let k = 0; k < 4; k++) touch(a, 100 + popular(random, 1000), random.float() * 30 * DAY);
    }),
  'ten crawlers who do not know each other': (random) =>
    logOf(500, (touch, a) => {
      for (let k = a < 10 ? 800 : 10; k > 0; k--) touch(a, popular(random, 1000), random.float() * 14 * DAY);
    }),
};

/** Actors 0 to `ring` − 1 touch one of eight objects within a minute of each other, round after round. */
export type Campaign = { readonly ring: number; readonly rounds: number; readonly hoursBetween: number };

/** A campaign in a log of others, some of whom do a hundred times as much as most. */
export const withCampaign = ({ ring, rounds, hoursBetween }: Campaign, random: Random): Log =>
  logOf(ring + 800, (touch, a) => {
    if (a < ring) {
      for (let k = 0; k < rounds; k++) {
        touch(a, 5000 + (k % 8), 3 * DAY + k * hoursBetween * HOUR + 60 * random.float());
      }
      return;
    }
    const count = Math.min(300, 1 + Math.floor(3 * (1 - random.float()) ** -0.9));
    for (let k = 0; k < count; k++) touch(a, popular(random, 3000), random.float() * 14 * DAY);
  });

export const interactionsIn = ({ touches }: Log): Interactions => {
  const ordered = touches.toSorted((a, b) => a[2] - b[2]);
  return {
    actors: Uint32Array.from(ordered, ([actor]) => actor),
    objects: Uint32Array.from(ordered, ([, object]) => object),
    seconds: Float64Array.from(ordered, ([, , second]) => second),
    objectCount: ordered.reduce((most, [, object]) => Math.max(most, object + 1), 0),
  };
};

const logOf = (actors: number, act: (touch: (...touch: Touch) => void, actor: number) => void): Log => {
  const touches: Touch[] = [];
  for (let a = 0; a < actors; a++) act((...touch) => void touches.push(touch), a);
  return { actors, touches };
};

/** An object by a Zipf popularity of exponent 1. */
const popular = (random: Random, objects: number): number => Math.floor(objects ** random.float()) - 1;

const officeHour = (random: Random): number => (9 + 8 * random.float()) * HOUR;
