import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { formatCount, formatScore } from './format.ts';
import { HISTOGRAM_MARGINS, queueSizeAt, type ScoreHistogramData } from './score-histogram.ts';
import styles from './plots.module.css';

export type ThresholdProps = {
  readonly data: ScoreHistogramData;
  readonly width: number;
  readonly height: number;
  /** null: everybody is in the queue. */
  readonly value: number | null;
  /** Actors in the queue as it is, for a threshold between two edges; the bins count when it is not known. */
  readonly size?: number | undefined;
  /** On release, or with each key; null: the threshold was taken away. */
  readonly onChange: (score: number | null) => void;
};

/**
 * A handle over the histogram: who scores at or above it is in the queue. It snaps to the edges of the bins, so that the
 * size it shows while it is dragged is exact. Keys: arrows one bin, Page ten, Home everybody.
 */
export const Threshold = ({ data, width, height, value, size, onChange }: ThresholdProps): ReactNode => {
  const handle = useRef<HTMLDivElement>(null);
  const label = useRef<HTMLSpanElement>(null);
  const dragged = useRef<number | null>(null);
  const low = data.edges[0] ?? 0;
  const high = data.edges.at(-1) ?? 1;
  const last = Math.max(0, data.edges.length - 2);
  const span = Math.max(1e-12, high - low);
  const inner = width - HISTOGRAM_MARGINS.left - HISTOGRAM_MARGINS.right;
  const xOf = (score: number): number =>
    HISTOGRAM_MARGINS.left + (Math.min(Math.max(score - low, 0), span) / span) * inner;
  const edgeIndex = (score: number): number =>
    Math.min(last, Math.max(0, Math.round(((score - low) / span) * (data.edges.length - 1))));
  const textOf = (score: number | null): string =>
    score === null ? 'all' : `≥ ${formatScore(score)}: ${formatCount(queueSizeAt(data, score))}`;
  const now = value ?? low;
  const settled =
    value === null || size === undefined ? textOf(value) : `≥ ${formatScore(value)}: ${formatCount(size)}`;

  const moveTo = (event: PointerEvent<HTMLDivElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - HISTOGRAM_MARGINS.left;
    const score = data.edges[edgeIndex(low + (x / inner) * span)] ?? low;
    dragged.current = score;
    if (handle.current !== null) handle.current.style.transform = `translateX(${xOf(score)}px)`;
    if (label.current !== null) label.current.textContent = textOf(score);
  };
  const end = (): void => {
    const score = dragged.current;
    dragged.current = null;
    if (score !== null) onChange(score <= low ? null : score);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    const index = edgeIndex(now);
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? last : by === undefined ? null : index + by;
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    const score = data.edges[Math.min(last, Math.max(0, to))] ?? low;
    onChange(score <= low ? null : score);
  };

  return (
    <div
      className={styles.threshold}
      style={{ height }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => {
        if (dragged.current !== null) moveTo(event);
      }}
      onPointerUp={end}
      onDoubleClick={() => onChange(null)}
    >
      <div
        ref={handle}
        className={styles.thresholdHandle}
        style={{ transform: `translateX(${xOf(now)}px)` }}
        role="slider"
        tabIndex={0}
        aria-label="Lowest score in the queue"
        aria-valuemin={low}
        aria-valuemax={high}
        aria-valuenow={now}
        aria-valuetext={`${value === null ? 'none' : formatScore(value)}; ${formatCount(size ?? queueSizeAt(data, now))} actors`}
        onKeyDown={press}
      >
        <span ref={label} className={styles.thresholdLabel} data-side={xOf(now) > width * 0.55 ? 'left' : 'right'}>
          {settled}
        </span>
      </div>
    </div>
  );
};
