import { countGroups, sizeOf, TIME_WIDTH_US } from '../query/index.ts';
import type { Dimension, KeyColumn, ReleaseQuery, ReleaseRows } from '../schema.ts';

/** Rows of one made-up actor in one group. Group −1: their keys are missing. */
export type Visit = { readonly group: number; readonly rows: number; readonly value: number };
/** Everything one made-up actor does. */
export type Person = readonly Visit[];

/** Keys that are made up for a dimension whose keys nobody declared. */
const MADE_UP_KEYS = 2 ** 17;

/** Groups that rows can be made up for: the declared ones, times some keys for every dimension without any. */
export const groupsToFill = ({ by }: Pick<ReleaseQuery, 'by'>): number =>
  countGroups(by) ?? by.reduce((product, dimension) => product * sizeToFill(dimension), 1);

/**
 * Rows as `core/store` reads them, of made-up people: columns of the types that the query groups by and measures. Like
 * there, a list of texts has those that occur, in their order.
 */
export const madeUpRows = (
  { by, bounds }: Pick<ReleaseQuery, 'by' | 'bounds'>,
  people: readonly Person[],
): ReleaseRows => {
  const actor: number[] = [];
  const group: number[] = [];
  const value: number[] = [];
  people.forEach((person, who) => {
    for (const visit of person) {
      for (let i = 0; i < visit.rows; i++) {
        actor.push(who);
        group.push(visit.group);
        value.push(visit.value);
      }
    }
  });
  let span = 1;
  const places = by.map((dimension) => {
    const [size, width] = [sizeToFill(dimension), span];
    span *= size;
    return group.map((g) => (g < 0 ? -1 : Math.floor(g / width) % size));
  });
  return {
    actor: Uint32Array.from(actor),
    actors: people.length,
    keys: by.map((dimension, d) => keyColumn(dimension, places[d] ?? [])),
    value: bounds.grid === undefined ? undefined : Float64Array.from(value),
  };
};

const sizeToFill = (dimension: Dimension): number => sizeOf(dimension) ?? MADE_UP_KEYS;

const keyColumn = (dimension: Dimension, places: readonly number[]): KeyColumn => {
  switch (dimension.kind) {
    case 'unknown':
      return texts(places, (place) => `key-${String(place).padStart(6, '0')}`);
    case 'keys':
      return texts(places, (place) => dimension.keys[place] ?? '');
    case 'bins':
      return Float64Array.from(places, (place) => dimension.edges[place] ?? Number.NaN);
    case 'time': {
      const width = TIME_WIDTH_US[dimension.every];
      return Float64Array.from(places, (place) => (place < 0 ? Number.NaN : dimension.fromUs + place * width));
    }
  }
};

const texts = (places: readonly number[], textOf: (place: number) => string): KeyColumn => {
  const levels = [...new Set(places.filter((place) => place >= 0).map(textOf))].sort();
  const code = new Map(levels.map((level, i) => [level, i]));
  return { codes: Int32Array.from(places, (place) => (place < 0 ? -1 : (code.get(textOf(place)) ?? -1))), levels };
};
