import { areaY, axisX, axisY, gridX, lineY, plot, rect, rectY, ruleY } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { formatCount, formatShortCount } from './format.ts';
import { formatStep, formatTime, ticksOf, type Bins } from './time.ts';
import { revealed } from '../format.ts';
import { twinColumns, type TwinTable } from './twin.ts';

export type ActorTimelineData = {
  readonly bins: Bins;
  /** The most frequent first. */
  readonly actions: readonly { readonly action: string; readonly counts: readonly number[] }[];
  /** Median and 90th percentile, per bin, of the actors who did anything in it. */
  readonly peers: { readonly median: readonly number[]; readonly p90: readonly number[] };
};
export type ActorTimelineOptions = { readonly width: number };

/** Beside the strips, for whoever lays a brush over them. */
export const ACTOR_TIMELINE_MARGINS = { left: 92, right: 8 } as const;

const ROW = 15;
const TOTALS = 62;
const AXIS = 18;

/**
 * What an actor did when: on top all its events per bin (bars) over what active peers do (band from their median to
 * their 90th percentile; root scale), below a strip of ticks per action.
 */
export const drawActorTimeline = (data: ActorTimelineData, { width }: ActorTimelineOptions): HTMLElement => {
  const frame = document.createElement('div');
  frame.append(drawTotals(data, width), drawActions(data, width));
  return frame;
};

/** Bins in which the actor did anything. */
export const tableOfActorTimeline = ({ bins, actions, peers }: ActorTimelineData): TwinTable => ({
  caption: `The actor's events per ${formatStep(bins.stepMs)} (UTC) by action, with the peers' median and 90th percentile`,
  columns: twinColumns('From', ...actions.map((a) => `${a.action}#`), 'Peers: median#', '90th#'),
  rows: Array.from({ length: bins.count }, (_, i) => i)
    .filter((i) => actions.some((a) => (a.counts[i] ?? 0) > 0))
    .map((i) => [
      formatTime(bins.from + i * bins.stepMs),
      ...actions.map((a) => formatCount(a.counts[i] ?? 0)),
      formatCount(peers.median[i] ?? 0),
      formatCount(peers.p90[i] ?? 0),
    ]),
});

const STYLE = { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' };

const drawTotals = ({ bins, actions, peers }: ActorTimelineData, width: number): SVGElement | HTMLElement => {
  const rows = Array.from({ length: bins.count }, (_, i) => ({
    x1: bins.from + i * bins.stepMs,
    x2: bins.from + (i + 1) * bins.stepMs,
    own: actions.reduce((sum, a) => sum + (a.counts[i] ?? 0), 0),
    median: peers.median[i] ?? 0,
    p90: peers.p90[i] ?? 0,
  }));
  const last = rows.at(-1);
  const steps = last === undefined ? rows : [...rows, { ...last, x1: last.x2 }];
  const most = Math.max(1, ...rows.map((row) => Math.max(row.own, row.p90)));
  return asImage(
    plot({
      width,
      height: TOTALS,
      marginLeft: ACTOR_TIMELINE_MARGINS.left,
      marginRight: ACTOR_TIMELINE_MARGINS.right,
      marginTop: 6,
      marginBottom: 4,
      style: STYLE,
      x: { type: 'utc', domain: [bins.from, bins.to], axis: null },
      y: { type: 'sqrt', domain: [0, most] },
      marks: [
        areaY(steps, {
          x: 'x1',
          y1: 'median',
          y2: 'p90',
          curve: 'step-after',
          fill: 'var(--line-strong)',
          fillOpacity: 0.4,
        }),
        lineY(steps, { x: 'x1', y: 'median', curve: 'step-after', stroke: 'var(--line-strong)', strokeWidth: 1 }),
        rectY(
          rows.filter((row) => row.own > 0),
          { x1: 'x1', x2: 'x2', y: 'own', fill: 'var(--accent)', fillOpacity: 0.9, insetRight: 0.5 },
        ),
        ruleY([0], { stroke: 'var(--line-strong)' }),
        axisY([most], { tickFormat: formatShortCount, tickSize: 0, label: null }),
      ],
    }),
    `The actor's events per ${formatStep(bins.stepMs)}, over what active peers do`,
  );
};

const drawActions = ({ bins, actions }: ActorTimelineData, width: number): SVGElement | HTMLElement => {
  const marks = actions.flatMap((a, row) => {
    const most = Math.max(1, ...a.counts);
    return a.counts.flatMap((count, i) =>
      count === 0
        ? []
        : [
            {
              x1: bins.from + i * bins.stepMs,
              x2: bins.from + (i + 1) * bins.stepMs,
              y1: row + 0.12,
              y2: row + 0.88,
              strength: 0.3 + 0.7 * Math.sqrt(count / most),
            },
          ],
    );
  });
  const ticks = ticksOf(bins, Math.max(2, Math.floor((width - 100) / 80)));
  const labels = new Map(ticks.map((tick) => [tick.at, tick.label] as const));
  return asImage(
    plot({
      width,
      height: ROW * actions.length + AXIS,
      marginLeft: ACTOR_TIMELINE_MARGINS.left,
      marginRight: ACTOR_TIMELINE_MARGINS.right,
      marginTop: 0,
      marginBottom: AXIS,
      style: STYLE,
      x: { type: 'utc', domain: [bins.from, bins.to] },
      y: { type: 'linear', domain: [actions.length, 0] },
      marks: [
        gridX([...labels.keys()], { stroke: 'var(--line)', strokeOpacity: 1 }),
        rect(marks, {
          x1: 'x1',
          x2: 'x2',
          y1: 'y1',
          y2: 'y2',
          fill: 'var(--text)',
          fillOpacity: { value: 'strength', scale: null },
          insetLeft: -0.5,
          insetRight: -0.5,
        }),
        axisY(
          actions.map((_, i) => i + 0.5),
          { tickFormat: (_: number, i: number) => shortened(actions[i]?.action ?? ''), tickSize: 0, label: null },
        ),
        axisX([...labels.keys()], {
          tickFormat: (at: Date | number) => labels.get(Number(at)) ?? '',
          tickSize: 3,
          label: null,
        }),
      ],
    }),
    'When the actor did what',
  );
};

const shortened = (action: string): string => {
  const shown = revealed(action);
  return shown.length > 13 ? `${shown.slice(0, 12)}…` : shown;
};

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 2);
const COUNT = 56;

export const actorTimelineExample: ActorTimelineData = {
  bins: { from: START, to: START + COUNT * 6 * HOUR, count: COUNT, stepMs: 6 * HOUR },
  actions: [
    {
      action: 'login',
      counts: Array.from({ length: COUNT }, (_, i) => (i > 30 && i < 36 ? 24 + ((i * 7) % 9) : i % 9 === 0 ? 1 : 0)),
    },
    { action: 'password_reset_request', counts: Array.from({ length: COUNT }, (_, i) => (i > 31 && i < 35 ? 6 : 0)) },
    { action: 'view', counts: Array.from({ length: COUNT }, (_, i) => (i % 4 === 1 && i < 30 ? 3 : 0)) },
  ],
  peers: {
    median: Array.from({ length: COUNT }, (_, i) => (i % 4 === 0 ? 1 : 2)),
    p90: Array.from({ length: COUNT }, (_, i) => (i % 4 === 0 ? 3 : 8)),
  },
};
