import type { Random } from '../../../core/random/index.ts';
import type { Interactions } from '../../../core/table/index.ts';

export type Star = { readonly actor: string; readonly object: string; readonly second: number };

export type Traffic = {
  /** Actors who do what ordinary ones do. */
  readonly actors: number;
  /** Objects nobody was paid for, beside those given. */
  readonly objects: number;
  /** Mean touches of an actor; the number is geometric, at least 1. */
  readonly touches: number;
  /** Occasions on which a crowd of ordinary actors comes to one object within two hours. */
  readonly crowds: number;
  readonly crowdSize: number;
};

const DAY = 86_400;

/**
 * Ordinary traffic between two times: objects by a Zipf popularity of exponent 1, the given ones scattered among the
 * rest, hours by a daily rhythm in the actor's own time zone, and now and then a crowd.
 */
export const ordinaryTraffic = (
  { actors, objects, touches, crowds, crowdSize }: Traffic,
  given: readonly string[],
  [from, to]: readonly [number, number],
  random: Random,
): readonly Star[] => {
  const names = shuffled([...given, ...Array.from({ length: objects }, (_, o) => `object ${o}`)], random);
  const popular = (): string => names[Math.min(names.length - 1, Math.floor(names.length ** random.float()) - 1)] ?? '';
  const stars: Star[] = [];
  const zones = Array.from({ length: actors }, () => random.int(24));
  for (let a = 0; a < actors; a++) {
    let count = 1;
    while (random.float() > 1 / touches && count < 200 * touches) count++;
    for (let k = 0; k < count; k++) {
      const day = from + Math.floor(random.float() * ((to - from) / DAY)) * DAY;
      stars.push({ actor: `ordinary ${a}`, object: popular(), second: day + hourOf(zones[a] ?? 0, random) * 3600 });
    }
  }
  for (let c = 0; c < crowds; c++) {
    const object = popular();
    const start = from + random.float() * (to - from);
    for (let k = 0; k < crowdSize; k++) {
      stars.push({ actor: `ordinary ${random.int(actors)}`, object, second: start + random.float() * 7200 });
    }
  }
  return stars;
};

/** An hour of the day in a zone, most often in the afternoon and evening, hardly ever at night. */
const hourOf = (zone: number, random: Random): number => (15 + 4.5 * random.normal() + zone + 48) % 24;

const shuffled = (values: readonly string[], random: Random): readonly string[] => {
  const list = [...values];
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [list[i], list[j]] = [list[j] ?? '', list[i] ?? ''];
  }
  return list;
};

/** Stars as interactions, with the actors in the order of their rows. */
export const interactionsOf = (
  stars: readonly Star[],
): { readonly actors: readonly string[]; readonly interactions: Interactions } => {
  const actorRow = new Map<string, number>();
  const objectRow = new Map<string, number>();
  const ordered = stars.toSorted((a, b) => a.second - b.second);
  const number = (rows: Map<string, number>, name: string): number => {
    const row = rows.get(name) ?? rows.size;
    rows.set(name, row);
    return row;
  };
  return {
    interactions: {
      actors: Uint32Array.from(ordered, ({ actor }) => number(actorRow, actor)),
      objects: Uint32Array.from(ordered, ({ object }) => number(objectRow, object)),
      seconds: Float64Array.from(ordered, ({ second }) => second),
      objectCount: objectRow.size,
    },
    actors: [...actorRow.keys()],
  };
};
