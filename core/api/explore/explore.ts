import {
  readActorEvents,
  readActorsByAction,
  readActorTimes,
  type Case,
  type OriginCounts,
  type Readers,
} from '../../store/index.ts';
import type { ActorDetail, ActorFilter, QueueSort, RunInfo } from '../contract/explore.ts';
import type { Decisions } from '../decisions/decisions.ts';
import { NightjarError } from '../errors.ts';
import { actorDetail } from './actor.ts';
import { arrowBlob, listArrow, numberArrow, textArrow } from './arrow.ts';
import type { Bins } from './binning.ts';
import { countByAction } from './by-action.ts';
import { filterRows } from './filter.ts';
import { histogramOf, type Histogram } from './histogram.ts';
import { loadModel, type Model } from './model.ts';
import { operatingPointsOf, type OperatingPoint } from './operating-points.ts';
import { orderRows } from './order.ts';
import { queueCsv } from './queue-csv.ts';
import { queueTable } from './queue-page.ts';
import { createRemembered } from './remembered.ts';
import { runInfo } from './run-info.ts';
import { countPerBin, countPerLane, peerBands } from './timeline.ts';

type Page = { readonly offset: number; readonly limit: number };
type Asked = { readonly filter: ActorFilter; readonly sort: QueueSort };

/** What a case shows of its latest run. The run is read into memory when it is first asked for. */
export type Explore = {
  run(signal?: AbortSignal): Promise<RunInfo | null>;
  queue(asked: Asked & Page): Promise<{ total: number; of: number; table: Blob }>;
  /** The whole queue under filter and sort. */
  csv(asked: Asked): Promise<{ rows: number; text: string }>;
  locate(asked: Asked & { readonly actor: string }): Promise<{ index: number | null }>;
  timeline(asked: Bins & { readonly filter: ActorFilter }): Promise<{ all: number[]; filtered: number[] }>;
  lanes(asked: Bins & { readonly actors: readonly string[] }): Promise<{ table: Blob }>;
  histogram(asked: {
    readonly filter: ActorFilter;
    readonly detector: string;
    readonly bins: number;
  }): Promise<Histogram>;
  operatingPoints(filter: ActorFilter): Promise<OperatingPoint[]>;
  actor(actor: string, signal?: AbortSignal): Promise<ActorDetail>;
  actorTimeline(
    asked: Bins & { readonly actor: string },
    signal?: AbortSignal,
  ): Promise<{ actions: { action: string; counts: number[] }[]; peers: { median: number[]; p90: number[] } }>;
  actorEvents(
    asked: Page & {
      readonly actor: string;
      readonly from?: number | undefined;
      readonly to?: number | undefined;
      readonly actions?: readonly string[] | undefined;
    },
    signal?: AbortSignal,
  ): Promise<{ total: number; columns: string[]; table: Blob }>;
  /** Rank of each actor in the latest run; null for one it does not know. */
  ranks(): Promise<(actor: string) => number | null>;
  /** The run in memory is out of date. */
  forget(): void;
};

export const createExplore = (source: {
  readonly opened: Case;
  readonly readers: Readers;
  readonly decisions: Decisions;
  readonly threads: number;
}): Explore => {
  const { readers, decisions } = source;
  let loading: Promise<Model | null> | undefined;
  let generation = 0;
  let originCounts: OriginCounts = new Map();
  const filtered = createRemembered<Uint32Array>(16);
  const ordered = createRemembered<Uint32Array>(16);
  const counted = createRemembered<Float64Array>(8);
  const bands = createRemembered<ReturnType<typeof peerBands>>(8);
  const whoDid = createRemembered<ReadonlySet<string>>(8);

  const model = async (): Promise<Model | null> => {
    const reading = (loading ??= loadModel(readers));
    try {
      return await reading;
    } catch (error) {
      if (loading === reading) loading = undefined; // the next caller tries again
      throw error;
    }
  };
  const required = async (): Promise<Model> => {
    const found = await model();
    if (found !== null) return found;
    throw new NightjarError('input', 'Nobody has been ranked yet.', { next: 'Import a log, or rank everybody.' });
  };
  const keyOf = ({ runId }: Model, ...parts: unknown[]): string => JSON.stringify([generation, runId, ...parts]);
  const rowsOf = async (of: Model, filter: ActorFilter): Promise<Uint32Array> => {
    const { actions } = filter;
    const key = keyOf(of, filter, (filter.verdicts ?? []).length > 0 ? decisions.version() : 0);
    const didAction =
      actions === undefined || actions.length === 0
        ? undefined
        : await whoDid(keyOf(of, actions), () => readers.read((connection) => readActorsByAction(connection, actions)));
    return filtered(key, async () => filterRows(filter, { model: of, decisions: decisions.all(), didAction }));
  };
  const orderedRows = async (of: Model, { filter, sort }: Asked): Promise<Uint32Array> => {
    const rows = await rowsOf(of, filter);
    return ordered(keyOf(of, filter, sort, (filter.verdicts ?? []).length > 0 ? decisions.version() : 0), async () =>
      orderRows(rows, sort, of),
    );
  };
  const rowOf = (of: Model, actor: string): number => {
    const row = of.rowOf.get(actor);
    if (row !== undefined) return row;
    throw new NightjarError('input', 'The present run does not know this actor.', {
      next: 'Choose an actor from the queue.',
    });
  };

  return {
    run: async (signal) => {
      const found = await model();
      return found === null ? null : runInfo(readers, found, signal);
    },
    queue: async ({ offset, limit, ...asked }) => {
      const of = await required();
      const rows = await orderedRows(of, asked);
      const table = queueTable(rows.subarray(offset, offset + limit), of, decisions.all());
      return { total: rows.length, of: of.actors.length, table };
    },
    csv: async (asked) => {
      const of = await required();
      const rows = await orderedRows(of, asked);
      return { rows: rows.length, text: queueCsv(rows, of, decisions.all()) };
    },
    locate: async ({ actor, ...asked }) => {
      const of = await required();
      const row = of.rowOf.get(actor);
      const index = row === undefined ? -1 : (await orderedRows(of, asked)).indexOf(row);
      return { index: index < 0 ? null : index };
    },
    timeline: async ({ filter, ...bins }) => {
      const of = await required();
      const all = await counted(keyOf(of, bins), async () => countPerBin(of.activity, of.actors.keys(), bins));
      const rows = await rowsOf(of, filter);
      const own = rows.length === of.actors.length ? all : countPerBin(of.activity, rows, bins);
      return { all: [...all], filtered: [...own] };
    },
    lanes: async ({ actors, ...bins }) => {
      const of = await required();
      const counts = countPerLane(
        of.activity,
        actors.map((actor) => of.rowOf.get(actor) ?? -1),
        bins,
      );
      const table = arrowBlob({ actor: textArrow(actors), counts: listArrow(counts, actors.length, bins.bins) });
      return { table };
    },
    histogram: async ({ filter, detector, bins }) => {
      const of = await required();
      const { scoreFrom: _from, scoreTo: _to, ...others } = filter;
      return histogramOf(await rowsOf(of, others), of, decisions.all(), detector, bins);
    },
    operatingPoints: async (filter) => {
      const of = await required();
      return operatingPointsOf(await rowsOf(of, filter), of, decisions.all());
    },
    actor: async (actor, signal) => {
      const of = await required();
      return actorDetail({ ...source, originCounts }, of, rowOf(of, actor), decisions.all().get(actor), signal);
    },
    actorTimeline: async ({ actor, ...bins }, signal) => {
      const of = await required();
      rowOf(of, actor);
      const { at, actions } = await readers.read(
        (connection) => readActorTimes(connection, actor, bins.from, bins.to),
        signal,
      );
      const peers = await bands(keyOf(of, bins), async () => peerBands(of.activity, of.ranked, bins));
      return { actions: countByAction(at, actions, bins), peers };
    },
    actorEvents: async ({ actor, from, to, actions, offset, limit }, signal) => {
      const asked = {
        actor,
        offset,
        limit,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(actions === undefined ? {} : { actions }),
      };
      const { total, events } = await readers.read((connection) => readActorEvents(connection, asked), signal);
      const columns = events.names.map((name, i) => {
        const column = events.columns[i] ?? [];
        return [name, column instanceof Float64Array ? numberArrow(column) : textArrow(column)] as const;
      });
      const table = arrowBlob(
        columns.length > 0 ? Object.fromEntries(columns) : { ts: numberArrow(new Float64Array(0)) },
      );
      return { total, columns: [...events.names], table };
    },
    ranks: async () => {
      const rowOf_ = (await model())?.rowOf;
      return (actor) => {
        const row = rowOf_?.get(actor);
        return row === undefined ? null : row + 1;
      };
    },
    forget: () => {
      loading = undefined;
      generation++;
      originCounts = new Map();
    },
  };
};
