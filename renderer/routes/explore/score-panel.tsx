import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { memo, useCallback, useMemo, type ReactNode } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { Chart } from '../../plots/chart.tsx';
import { detectorLabel, detectorWords } from '../../plots/detector-words.ts';
import { Figure } from '../../plots/figure.tsx';
import { formatCount, formatScore, formatShare } from '../../plots/format.ts';
import { drawScoreHistogram, tableOfScoreHistogram, type ScoreHistogramData } from '../../plots/score-histogram.ts';
import { Threshold } from '../../plots/threshold.tsx';
import { twinColumns, type TwinTable } from '../../plots/twin.ts';
import { Checkbox, NumberField, Select, showError } from '../../ui/index.ts';
import css from './explore.module.css';
import { queuePage } from './queue-rows.ts';
import { ReviewSlider, useReview } from './review.tsx';
import { withoutScores } from './search.ts';
import type { Explore } from './use-explore.ts';
import type { Queue } from './use-queue.ts';

const BINS = 60;
const HEIGHT = 128;
const BY_RANK = { by: 'rank', descending: false } as const;

/** How many score how high, and how long the queue is: by a handle, by a score, or by the number of actors. */
export const ScorePanel = memo(
  (props: { readonly run: RunInfo; readonly explore: Explore; readonly queue: Queue }): ReactNode => {
    const { run, explore, queue } = props;
    const { search, filter, patch } = explore;
    const detector = run.detectors.find((name) => name === search.detector) ?? 'ensemble';
    const isEnsemble = detector === 'ensemble';
    const unscored = useMemo(() => withoutScores(filter), [filter]);
    const input = { filter: unscored, detector, bins: BINS };
    const { data } = useQuery({ ...api.explore.histogram.queryOptions({ input }), placeholderData: keepPreviousData });
    const points = useQuery({
      ...api.explore.operatingPoints.queryOptions({ input: { filter: unscored } }),
      placeholderData: keepPreviousData,
    });
    const isLog = search.log !== false;
    const review = useReview(explore);
    const { score: cutScore, label: cutLabel } = review.cut ?? { score: null, label: '' };
    const applied = search.scoreFrom ?? (search.rate === undefined ? null : cutScore);
    const threshold = isEnsemble ? applied : null;
    const histogram: ScoreHistogramData = data ?? NO_SCORES;
    const draw = useCallback(
      ({ width, height }: { readonly width: number; readonly height: number }) =>
        drawScoreHistogram(histogram, {
          width,
          height,
          isLog,
          threshold,
          cut: cutScore === null || !isEnsemble ? null : { score: cutScore, label: cutLabel },
        }),
      [histogram, isLog, isEnsemble, threshold, cutScore, cutLabel],
    );
    const point = points.data?.find((p) => threshold !== null && p.score <= threshold) ?? points.data?.at(-1);
    const chance = point?.falseDiscoveryRate ?? null;
    const setThreshold = (score: number | null): void =>
      patch({ scoreFrom: score ?? undefined, rate: undefined, row: undefined });
    const cut = useTopCut(explore);
    return (
      <Figure
        title="Scores"
        level={2}
        tools={
          <Select
            label="Scores of"
            isLabelHidden
            size="dense"
            className={css.scoresOf ?? ''}
            value={detector}
            onChange={(next) => patch({ detector: next === 'ensemble' ? undefined : next }, 'replace')}
            options={['ensemble', ...run.detectors].map((id) => ({
              id,
              label: detectorLabel(id),
              detail: detectorWords(id).hint,
            }))}
          />
        }
        twin={() =>
          isEnsemble && points.data !== undefined ? tableOfPoints(points.data) : tableOfScoreHistogram(histogram)
        }
      >
        <Chart draw={draw} height={HEIGHT}>
          {({ width, height }) =>
            isEnsemble && data !== undefined ? (
              <Threshold
                data={histogram}
                width={width}
                height={height}
                value={threshold}
                size={threshold === null || queue.isStale ? undefined : queue.total}
                onChange={setThreshold}
              />
            ) : null
          }
        </Chart>
        <ReviewSlider cut={review} ranked={run.ranked} explore={explore} />
        <div className={css.cut}>
          <NumberField
            label="Show the top"
            value={threshold === null ? Number.NaN : queue.total}
            min={1}
            max={Math.max(1, run.ranked)}
            onChange={(size) => (Number.isNaN(size) ? setThreshold(null) : void cut(size).catch(showError))}
          />
          <NumberField
            label="Score at least"
            value={threshold === null ? Number.NaN : Number(threshold.toFixed(4))}
            step={0.05}
            onChange={(score) => setThreshold(Number.isNaN(score) ? null : score)}
          />
        </div>
        <Checkbox isSelected={isLog} onChange={(log) => patch({ log: log ? undefined : false }, 'replace')}>
          Log axis
        </Checkbox>
        {isEnsemble && threshold !== null && chance !== null && (
          <p className={css.hint}>
            Of a queue of {formatCount(queue.total)}, at most {formatShare(chance)} are expected to be ordinary actors.
          </p>
        )}
      </Figure>
    );
  },
);

const NO_SCORES: ScoreHistogramData = { edges: [0, 1], abuse: [0], benign: [0], unsure: [0], none: [0] };

/** Cuts the queue after so many actors: at the score of the last of them. */
const useTopCut = ({ filter, patch }: Explore): ((size: number) => Promise<void>) => {
  const queries = useQueryClient();
  return async (size) => {
    const page = await queries.fetchQuery(queuePage(withoutScores(filter), BY_RANK, Math.max(0, size - 1), 1));
    const last = page.rows[0];
    patch({ scoreFrom: last?.isRanked ? last.score : undefined, rate: undefined, row: undefined });
  };
};

type Point = {
  readonly queue: number;
  readonly score: number;
  readonly share: number;
  readonly falseDiscoveryRate: number | null;
  readonly abuse: number;
  readonly benign: number;
  readonly precision: { readonly value: number; readonly low: number; readonly high: number } | null;
};

const tableOfPoints = (points: readonly Point[]): TwinTable => ({
  caption: 'What a cut of the queue would mean; precision among the decided, with its 95 % interval',
  columns: twinColumns('Queue#', 'Score from#', 'Of ranked#', 'Ordinary, at most#', 'Abuse#', 'Benign#', 'Precision#'),
  rows: points.map((p) => [
    formatCount(p.queue),
    formatScore(p.score),
    formatShare(p.share),
    p.falseDiscoveryRate === null ? '–' : formatShare(p.falseDiscoveryRate),
    formatCount(p.abuse),
    formatCount(p.benign),
    p.precision === null
      ? '–'
      : `${formatShare(p.precision.value)} (${formatShare(p.precision.low)} – ${formatShare(p.precision.high)})`,
  ]),
});
