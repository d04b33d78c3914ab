import { dayName, dayOf, mondayOf } from './days.ts';
import { shareOf, type Measured } from './measured.ts';
import { countLabels, type ActorLabels, type LabelCounts } from './quality.ts';
import type { RuleHits } from './rule-hits.ts';

export type DayHits = { readonly day: string; readonly hits: number; readonly actors: number };
export type WeekHits = {
  /** Its Monday. */
  readonly week: string;
  readonly hits: number;
  readonly actors: number;
  readonly labels: LabelCounts;
  /** Of its actors with a label. */
  readonly precision: Measured;
};

/** Up to so many days those without a hit are listed too. */
const MOST_FILLED = 1000;

/** Hits by UTC day. Days without any are listed too between `span.from` and `span.to` (µs), unless there are more than 1,000. */
export const hitsPerDay = (
  { days }: Pick<RuleHits, 'days'>,
  span: { readonly from: number; readonly to: number } | null,
): readonly DayHits[] => {
  const listed = new Set(days.keys());
  if (span !== null && days.size > 0) {
    const [first, last] = [dayOf(span.from), dayOf(span.to)];
    if (last - first < MOST_FILLED) for (let day = first; day <= last; day++) listed.add(day);
  }
  return [...listed]
    .toSorted((a, b) => a - b)
    .map((day) => ({ day: dayName(day), hits: days.get(day)?.hits ?? 0, actors: days.get(day)?.actors.size ?? 0 }));
};

/** Hits by week, from Monday, UTC; weeks without any are left out. */
export const hitsPerWeek = ({ days }: Pick<RuleHits, 'days'>, labels: ActorLabels): readonly WeekHits[] => {
  const weeks = new Map<number, { hits: number; readonly actors: Set<string> }>();
  for (const [day, { hits, actors }] of days) {
    const week = weeks.get(mondayOf(day)) ?? { hits: 0, actors: new Set<string>() };
    weeks.set(mondayOf(day), week);
    week.hits += hits;
    for (const actor of actors) week.actors.add(actor);
  }
  return [...weeks]
    .toSorted(([a], [b]) => a - b)
    .map(([week, { hits, actors }]) => {
      const known = countLabels(actors, labels);
      const precision = shareOf(known.abuse, known.abuse + known.benign);
      return { week: dayName(week), hits, actors: actors.size, labels: known, precision };
    });
};
