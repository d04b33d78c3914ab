import type { Random } from '../core/random/index.ts';
import type { Act } from './acts.ts';
import { add, createBatch, type Batch } from './batch.ts';
import { createCatalogue, type Catalogue } from './catalogue.ts';
import type { Place } from './places.ts';
import { createPopulation, type Breath, type Population } from './population.ts';
import type { Role } from './roles.ts';
import { DAY_MS, EVENTS_PER_PERSON, MINUTE_MS, type AbuseKind, type Intensity, type SampleOptions } from './schema.ts';

/** The stage everybody acts on. */
export type Scene = {
  readonly days: number;
  readonly intensity: Intensity;
  readonly people: Population;
  readonly catalogue: Catalogue;
  readonly batch: Batch;
  sessions: number;
};

/** A number of things an abuser does, by the intensity asked for; at least one. */
export const dosed = (scene: Scene, kind: AbuseKind, amount: number): number =>
  Math.max(1, Math.round(amount * (scene.intensity[kind] ?? 1)));

/** What somebody does on one day, in milliseconds since the log's start. */
export type Daily = (day: number) => void;

export const createScene = async (
  { events, days, intensity }: Required<SampleOptions>,
  random: Random,
  breath: Breath,
): Promise<Scene> => ({
  days,
  intensity,
  people: await createPopulation(
    Math.max(12, Math.round(events / EVENTS_PER_PERSON)),
    days,
    random.fork('people'),
    breath,
  ),
  catalogue: createCatalogue(events, days),
  batch: createBatch(events),
  sessions: 0,
});

/** The same place in a session of its own. */
export const newSession = (scene: Scene, place: Omit<Place, 'session'>): Place => ({
  ip: place.ip,
  device: place.device,
  agent: place.agent,
  country: place.country,
  session: ++scene.sessions,
});

export const emit = (scene: Scene, timeMs: number, actor: number, place: Place, act: Act): void =>
  add(scene.batch, timeMs, actor, place, act);

/** Milliseconds since the log's start at which it is `minute` o'clock for somebody in a zone, on a UTC day. */
export const localTime = (day: number, minute: number, offsetMinutes: number): number => {
  const utc = (((minute - offsetMinutes) % 1440) + 1440) % 1440;
  return day * DAY_MS + utc * MINUTE_MS;
};

/** `count` different days of [from, to), in order; all of them if there are fewer. */
export const chooseDays = (random: Random, from: number, to: number, count: number): number[] => {
  const days = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  for (let i = days.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const kept = days[i] ?? 0;
    days[i] = days[j] ?? 0;
    days[j] = kept;
  }
  return days.slice(0, count).toSorted((a, b) => a - b);
};

/** The actors of a role. */
export const cast = (scene: Scene, role: Role): number[] => {
  const [from, to] = scene.people.roles.range(role);
  return Array.from({ length: to - from }, (_, i) => from + i);
};

/** Uniform in [low, high). */
export const between = (random: Random, low: number, high: number): number => low + random.float() * (high - low);
