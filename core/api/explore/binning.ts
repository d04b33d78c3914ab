import type { Activity } from '../../store/index.ts';

/** Time bins of [from, to) in milliseconds since 1970. */
export type Bins = { readonly from: number; readonly to: number; readonly bins: number };

/** An event on the very edge of a bin is in it, whatever the last digit of a quotient says. */
const ROUNDING = 1e-6;

/** Calls `add(bin, events)` for the entries of one actor that lie in the bins, in order of time. */
export const eachEntry = (
  activity: Activity,
  row: number,
  place: TickBins,
  add: (bin: number, events: number) => void,
): void => {
  const { tick, weight, start } = activity;
  const end = start[row + 1] ?? 0;
  for (let i = firstFrom(activity, row, place.fromTick); i < end; i++) {
    const at = tick[i] ?? 0;
    if (at >= place.toTick) return;
    add(
      Math.max(0, Math.min(place.last, Math.floor((at - place.origin) * place.perTick + ROUNDING))),
      weight?.[i] ?? 1,
    );
  }
};

/** The same bins, in ticks of an activity. */
export type TickBins = {
  readonly origin: number;
  readonly fromTick: number;
  readonly toTick: number;
  readonly perTick: number;
  readonly last: number;
};

export const tickBins = (activity: Activity, { from, to, bins }: Bins): TickBins => {
  const origin = tickAt(activity, from);
  const end = tickAt(activity, to);
  return {
    origin,
    fromTick: Math.floor(origin + ROUNDING),
    toTick: end,
    perTick: end > origin ? bins / (end - origin) : 0,
    last: bins - 1,
  };
};

/** Whether an actor did anything in [from, to). */
export const isActive = (activity: Activity, row: number, from: number, to: number): boolean => {
  const i = firstFrom(activity, row, Math.floor(tickAt(activity, from) + ROUNDING));
  return i < (activity.start[row + 1] ?? 0) && (activity.tick[i] ?? 0) < tickAt(activity, to);
};

const tickAt = ({ originUs, tickUs }: Activity, ms: number): number => (ms * 1000 - originUs) / tickUs;

/** The first entry of an actor at a tick or later. */
const firstFrom = ({ start, tick }: Activity, row: number, from: number): number => {
  let low = start[row] ?? 0;
  let high = start[row + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tick[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
};
