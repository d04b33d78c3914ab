import { quantile } from '../../../math/quantile.ts';
import type { TwinGroup } from '../../schema.ts';
import { countOf, durationOf } from '../words.ts';
import { WINDOWS_SECONDS } from './meetings.ts';
import type { Pairs } from './pairs.ts';
import { SHARED, type Partners } from './partners.ts';

/** Decades from which an actor is put into a group: a chance of 1 in 100. */
const LEAST_DECADES = 2;
const LEAST_MEMBERS = 3;

/**
 * The groups among the actors that stand out: two belong together when they share as many objects within as short a
 * time as made one of them stand out; a group is whoever is reached from one to the next.
 */
export const ringGroups = (pairs: Pairs, partners: Partners): readonly TwinGroup[] => {
  const { decades, window, shared } = partners;
  const standsOut = (actor: number): boolean => (decades[actor] ?? 0) >= LEAST_DECADES;
  const links: Link[] = [];
  const parent = new Map<number, number>();
  const rootOf = (actor: number): number => {
    let root = actor;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(actor, root);
    return root;
  };
  for (let p = 0; p < pairs.count; p++) {
    const [a, b] = [pairs.first[p] ?? 0, pairs.second[p] ?? 0];
    if (!standsOut(a) || !standsOut(b)) continue;
    const needed = (actor: number): boolean =>
      within(pairs.objects, p, window[actor] ?? 0) >= (SHARED[shared[actor] ?? 0] ?? 0);
    if (!needed(a) && !needed(b)) continue;
    links.push({ a, b, pair: p });
    const [low, high] = [rootOf(a), rootOf(b)].sort((x, y) => x - y);
    if (low !== undefined && high !== undefined) parent.set(high, low);
  }
  const groups = new Map<number, Link[]>();
  for (const link of links) {
    const root = rootOf(link.a);
    const list = groups.get(root);
    if (list === undefined) groups.set(root, [link]);
    else list.push(link);
  }
  return [...groups.values()].flatMap((list) => describe(list, pairs, partners));
};

type Link = { readonly a: number; readonly b: number; readonly pair: number };

const within = (objects: Pairs['objects'], pair: number, window: number): number =>
  objects[pair * WINDOWS_SECONDS.length + window] ?? 0;

const describe = (links: readonly Link[], pairs: Pairs, partners: Partners): readonly TwinGroup[] => {
  const { decades, window, expected, partners: company } = partners;
  const members = [...new Set(links.flatMap(({ a, b }) => [a, b]))].sort(
    (a, b) => (decades[b] ?? 0) - (decades[a] ?? 0) || (company[b] ?? 0) - (company[a] ?? 0) || a - b,
  );
  if (members.length < LEAST_MEMBERS) return [];
  const widest = Math.max(...members.map((actor) => window[actor] ?? 0));
  const typicalOf = (shared: Pairs['objects']): number =>
    quantile(
      links.map(({ pair }) => within(shared, pair, widest)),
      0.5,
    );
  const [objects, apart] = [typicalOf(pairs.distinct), typicalOf(pairs.objects)];
  const occasions = countOf(apart) === countOf(objects) ? '' : ` on ${countOf(apart)} occasions`;
  const typical = quantile(
    members.map((actor) => company[actor] ?? 0),
    0.5,
  );
  const chance = quantile(
    members.map((actor) => expected[actor] ?? 0),
    0.5,
  );
  const duration = durationOf(WINDOWS_SECONDS[widest] ?? 0);
  return [
    {
      members,
      basis: 'events',
      pValue: 10 ** -(decades[members[0] ?? 0] ?? 0),
      shared: [{ what: `objects within ${duration}`, value: objects, others: chance }],
      sentence:
        `${members.length} actors touched the same objects within ${duration} of each other, two of them typically ` +
        `${countOf(objects)} objects${occasions}; each did so with about ${countOf(typical)} others, where chance explains ${countOf(chance)}.`,
    },
  ];
};
