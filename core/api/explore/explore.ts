import {
  readActorEvents,
  readActorTimes,
  type Case,
  type EventChoice,
  type EventPage,
  type OriginCounts,
  type Readers,
} from '../../store/index.ts';
import type { ActorDetail, ActorFilter, RunInfo } from '../contract/explore.ts';
import type { FeedbackInfo, Reliability, Review, TwinGroup } from '../contract/findings.ts';
import type { Decisions } from '../decisions/decisions.ts';
import { NightjarError } from '../errors.ts';
import { actorDetail, type ActorSource } from './actor.ts';
import { arrowBlob, listArrow, numberArrow, textArrow } from './arrow.ts';
import { createAskedRows, type Asked } from './asked-rows.ts';
import type { Bins } from './binning.ts';
import { countByAction } from './by-action.ts';
import { actorEventsCsv } from './events-csv.ts';
import { createExplainer, type Explainer } from './explain.ts';
import { loadFeedback, type FeedbackModel } from './feedback.ts';
import { histogramOf, type Histogram } from './histogram.ts';
import { loadModel, type Model } from './model.ts';
import { operatingPointsOf, type OperatingPoint } from './operating-points.ts';
import { createPresentCalibration } from './present-calibration.ts';
import { queueCsv } from './queue-csv.ts';
import { queueTable } from './queue-page.ts';
import { reliabilityOf } from './reliability.ts';
import { createRemembered } from './remembered.ts';
import { reviewOf } from './review.ts';
import { runInfo } from './run-info.ts';
import { countPerBin, countPerLane, peerBands } from './timeline.ts';
import { shownGroup } from './twin-groups.ts';

type Page = { readonly offset: number; readonly limit: number };

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
  groups(): Promise<TwinGroup[]>;
  review(target: number): Promise<Review>;
  reliability(): Promise<Reliability>;
  /** What the latest re-ranking made of the run; null without one. */
  feedback(): Promise<FeedbackInfo | null>;
  actor(actor: string, signal?: AbortSignal): Promise<ActorDetail>;
  actorTimeline(
    asked: Bins & { readonly actor: string },
    signal?: AbortSignal,
  ): Promise<{ actions: { action: string; counts: number[] }[]; peers: { median: number[]; p90: number[] } }>;
  actorEvents(
    asked: EventPage,
    signal?: AbortSignal,
  ): Promise<{
    total: number;
    columns: string[];
    table: Blob;
  }>;
  /** All of them as CSV. Errors: `input` for more than a file can hold. */
  eventsCsv(asked: EventChoice, signal?: AbortSignal): Promise<{ rows: number; text: string }>;
  /** Rank of each actor in the latest run; null for one it does not know. */
  ranks(): Promise<(actor: string) => number | null>;
  /** There is another re-ranking, or one less. */
  forgetFeedback(): void;
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
  let feedbacks = 0;
  let originCounts: OriginCounts = new Map();
  const counted = createRemembered<Float64Array>(8);
  const bands = createRemembered<ReturnType<typeof peerBands>>(8);
  const calibration = createPresentCalibration(decisions);
  const reranked = createRemembered<FeedbackModel | null>(1);
  const explainers = createRemembered<Explainer>(1);

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
  const feedback = (of: Model): Promise<FeedbackModel | null> =>
    reranked(keyOf(of, feedbacks), () => loadFeedback(source, of, decisions.all));
  const rows = createAskedRows({ readers, decisions, calibration, feedback, keyOf });
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
      return found === null ? null : runInfo(readers, found, (await feedback(found))?.info ?? null, signal);
    },
    queue: async ({ offset, limit, ...asked }) => {
      const of = await required();
      const all = await rows.ordered(of, asked);
      const page = all.subarray(offset, offset + limit);
      const table = queueTable(page, of, decisions.all(), await calibration(of));
      return { total: all.length, of: of.actors.length, table };
    },
    csv: async (asked) => {
      const of = await required();
      const all = await rows.ordered(of, asked);
      return { rows: all.length, text: queueCsv(all, of, decisions.all(), await calibration(of)) };
    },
    locate: async ({ actor, ...asked }) => {
      const of = await required();
      const row = of.rowOf.get(actor);
      const index = row === undefined ? -1 : (await rows.ordered(of, asked)).indexOf(row);
      return { index: index < 0 ? null : index };
    },
    timeline: async ({ filter, ...bins }) => {
      const of = await required();
      const all = await counted(keyOf(of, bins), async () => countPerBin(of.activity, of.actors.keys(), bins));
      const left = await rows.filtered(of, filter);
      const own = left.length === of.actors.length ? all : countPerBin(of.activity, left, bins);
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
      return histogramOf(await rows.filtered(of, others), of, decisions.all(), detector, bins);
    },
    operatingPoints: async (filter) => {
      const of = await required();
      return operatingPointsOf(await rows.filtered(of, filter), of, decisions.all(), await calibration(of));
    },
    groups: async () => {
      const of = await required();
      return of.groups.map((group) => shownGroup(group, of, decisions.all()));
    },
    review: async (target) => reviewOf(await calibration(await required()), target),
    reliability: async () => reliabilityOf(await required(), decisions.all()),
    feedback: async () => (await feedback(await required()))?.info ?? null,
    actor: async (actor, signal) => {
      const of = await required();
      const from: ActorSource = {
        readers,
        originCounts,
        model: of,
        decisions: decisions.all(),
        calibration: await calibration(of),
        feedback: await feedback(of),
        explainer: () => explainers(keyOf(of), () => createExplainer(source, of)),
      };
      return actorDetail(from, rowOf(of, actor), signal);
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
    actorEvents: async (asked, signal) => {
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
    eventsCsv: async (asked, signal) => {
      rowOf(await required(), asked.actor);
      return await readers.read((connection) => actorEventsCsv(connection, asked), signal);
    },
    ranks: async () => {
      const rowOf_ = (await model())?.rowOf;
      return (actor) => {
        const row = rowOf_?.get(actor);
        return row === undefined ? null : row + 1;
      };
    },
    forgetFeedback: () => void feedbacks++,
    forget: () => {
      loading = undefined;
      generation++;
      originCounts = new Map();
    },
  };
};
