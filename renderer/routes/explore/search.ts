import { z } from 'zod';
import type { ActorFilter, QueueSort } from '../../../core/api/contract.ts';

const list = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(100).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const place = z.number().int().min(0).optional().catch(undefined);
const word = z.string().min(1).max(256).optional().catch(undefined);

/** All a person could want back of the explore screen, as it stands in the address; what is not understood is left out. */
export const exploreSearch = z.object({
  from: number,
  to: number,
  scoreFrom: number,
  scoreTo: number,
  evidence: z.enum(['ok', 'insufficient']).optional().catch(undefined),
  verdicts: list(z.enum(['abuse', 'benign', 'unsure', 'none'])),
  reasons: list(z.string()),
  actions: list(z.string()),
  find: z.string().min(1).max(64).optional().catch(undefined),
  /** A list of actors, such as the hits of a rule to look at. */
  actors: z.array(z.string()).min(1).max(1000).optional().catch(undefined),
  /** Members of this group of twins. */
  group: place,
  /** The run whose group that is. */
  groupRun: word,
  /** Those who pass at this false-discovery rate, 0–1. */
  rate: z.number().gt(0).max(1).optional().catch(undefined),
  sort: word,
  ascending: z.boolean().optional().catch(undefined),
  /** In the inspector. */
  actor: word,
  /** Whose scores the histogram shows; the ensemble when left out. */
  detector: word,
  log: z.boolean().optional().catch(undefined),
  /** First row of the queue in sight. */
  row: z.number().int().min(1).optional().catch(undefined),
  /** Actions the inspector's events are narrowed to. */
  did: list(z.string()),
  /** What stands in the middle: the queue when left out. */
  view: z.literal('groups').optional().catch(undefined),
  /** The group of twins that is looked at. */
  twins: place,
  /** Percent of ordinary actors that a review may hold, as the slider has it. */
  target: z.number().int().min(1).max(50).optional().catch(undefined),
  /** Sizes of the panels in percent, by panel. */
  panels: z.record(z.string(), z.number().min(0).max(100)).optional().catch(undefined),
});

export type ExploreSearch = z.infer<typeof exploreSearch>;

/** The part of the address that narrows the queue, without what is not given. */
export const filterOf = (search: ExploreSearch): ActorFilter => {
  const { from, to, scoreFrom, scoreTo, evidence, verdicts, reasons, actions, find, group, rate } = search;
  return {
    ...(search.actors === undefined ? {} : { actors: search.actors }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(scoreFrom === undefined ? {} : { scoreFrom }),
    ...(scoreTo === undefined ? {} : { scoreTo }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(verdicts === undefined ? {} : { verdicts }),
    ...(reasons === undefined ? {} : { reasons }),
    ...(actions === undefined ? {} : { actions }),
    ...(find === undefined ? {} : { search: find }),
    ...(group === undefined ? {} : { group, ...(search.groupRun === undefined ? {} : { groupRun: search.groupRun }) }),
    ...(rate === undefined ? {} : { falseDiscoveryRate: rate }),
  };
};

/** The filter without what cuts the queue by scores: what a histogram of scores is about. */
export const withoutScores = ({
  scoreFrom: _from,
  scoreTo: _to,
  falseDiscoveryRate: _rate,
  ...rest
}: ActorFilter): ActorFilter => rest;

/** How the queue is sorted; by rank, the first first, when the address does not say. What verdicts make of it has one way round. */
export const sortOf = ({ sort, ascending }: ExploreSearch): QueueSort =>
  sort === undefined || sort === 'feedback'
    ? { by: sort ?? 'rank', descending: false }
    : { by: sort, descending: ascending !== true };

/** Everything that narrows the queue, taken back. */
export const NO_FILTER = {
  from: undefined,
  to: undefined,
  scoreFrom: undefined,
  scoreTo: undefined,
  evidence: undefined,
  verdicts: undefined,
  reasons: undefined,
  actions: undefined,
  find: undefined,
  actors: undefined,
  group: undefined,
  groupRun: undefined,
  rate: undefined,
  row: undefined,
} satisfies Partial<ExploreSearch>;

/** A list with the item put in or taken out; undefined when nothing is left. */
export const toggled = <T>(items: readonly T[] | undefined, item: T): T[] | undefined => {
  const without = (items ?? []).filter((other) => other !== item);
  const next = without.length === (items ?? []).length ? [...without, item] : without;
  return next.length === 0 ? undefined : next;
};
