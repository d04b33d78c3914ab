import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { formatRange, formatTime, type Bins, type TimeRange } from './time.ts';
import styles from './plots.module.css';

export type TimeBrushProps = {
  readonly bins: Bins;
  /** Pixels from the frame's left edge to the first bin, and from the last bin to its right edge. */
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly height: number;
  readonly value: TimeRange | null;
  /** On release; null: the brush was taken away. */
  readonly onChange: (range: TimeRange | null) => void;
};

type Drag = { readonly kind: 'new' | 'move' | 'from' | 'to'; readonly startBin: number; readonly range: TimeRange };

/**
 * Lets a person choose a range of time by dragging: a new one, the whole brush, or one edge; edges snap to bins. Edges are
 * sliders for the keyboard (arrows one bin, Shift ten, Delete takes the brush away). While it is dragged nothing renders.
 */
export const TimeBrush = (props: TimeBrushProps): ReactNode => {
  const { bins, left, right, width, height, value, onChange } = props;
  const shade = useRef<HTMLDivElement>(null);
  const label = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const next = useRef<TimeRange | null>(null);
  const step = (width - left - right) / bins.count;
  const xOf = (at: number): number => left + ((at - bins.from) / (bins.to - bins.from)) * step * bins.count;
  const edgeAt = (x: number): number =>
    Math.min(bins.count, Math.max(0, Math.round((x - left) / step))) * bins.stepMs + bins.from;
  const paint = (range: TimeRange): void => {
    next.current = range;
    if (shade.current !== null) Object.assign(shade.current.style, placeOf(range, xOf, left, width - right));
    if (label.current !== null) label.current.textContent = formatRange(range);
  };

  const start = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const at = Math.min(bins.count - 1, Math.max(0, Math.floor((x - left) / step))) * bins.stepMs + bins.from;
    const kind = value === null ? 'new' : kindAt(x, xOf(value.from), xOf(value.to));
    drag.current = {
      kind,
      startBin: kind === 'move' ? edgeAt(x) : at,
      range: value ?? { from: at, to: at + bins.stepMs },
    };
    next.current = null;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const now = drag.current;
    if (now === null) return;
    const edge = edgeAt(event.clientX - event.currentTarget.getBoundingClientRect().left);
    paint(dragged(now, edge, bins));
  };
  const end = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag.current === null) return;
    drag.current = null;
    event.currentTarget.releasePointerCapture(event.pointerId);
    if (next.current !== null && next.current.to > next.current.from) onChange(next.current);
  };
  const nudge =
    (edge: 'from' | 'to') =>
    (event: KeyboardEvent<HTMLDivElement>): void => {
      if (value === null) return;
      const by = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key];
      if (event.key === 'Delete' || event.key === 'Backspace') onChange(null);
      else if (by !== undefined) onChange(shifted(value, edge, by * (event.shiftKey ? 10 : 1), bins));
      else return;
      event.preventDefault();
      event.stopPropagation();
    };

  return (
    <div
      className={styles.brush}
      style={{ height }}
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={end}
      onDoubleClick={() => onChange(null)}
    >
      <div
        ref={shade}
        className={styles.shade}
        style={value === null ? { display: 'none' } : placeOf(value, xOf, left, width - right)}
        data-testid="time-brush"
      >
        {(['from', 'to'] as const).map((edge) => (
          <div
            key={edge}
            className={edge === 'from' ? styles.edgeFrom : styles.edgeTo}
            role="slider"
            tabIndex={value === null ? -1 : 0}
            aria-label={edge === 'from' ? 'From' : 'To'}
            aria-valuemin={bins.from}
            aria-valuemax={bins.to}
            aria-valuenow={value?.[edge] ?? bins[edge]}
            aria-valuetext={`${formatTime(value?.[edge] ?? bins[edge])} UTC`}
            onKeyDown={nudge(edge)}
          />
        ))}
        <div ref={label} className={styles.brushLabel}>
          {value === null ? '' : formatRange(value)}
        </div>
      </div>
    </div>
  );
};

const EDGE_PX = 6;

const kindAt = (x: number, from: number, to: number): Drag['kind'] => {
  if (Math.abs(x - from) <= EDGE_PX) return 'from';
  if (Math.abs(x - to) <= EDGE_PX) return 'to';
  return x > from && x < to ? 'move' : 'new';
};

const dragged = (drag: Drag, edge: number, bins: Bins): TimeRange => {
  const { kind, startBin, range } = drag;
  if (kind === 'from') return { from: Math.min(edge, range.to - bins.stepMs), to: range.to };
  if (kind === 'to') return { from: range.from, to: Math.max(edge, range.from + bins.stepMs) };
  if (kind === 'move') {
    const by = Math.min(bins.to - range.to, Math.max(bins.from - range.from, edge - startBin));
    return { from: range.from + by, to: range.to + by };
  }
  return edge > startBin ? { from: startBin, to: edge } : { from: edge, to: startBin + bins.stepMs };
};

const shifted = (range: TimeRange, edge: 'from' | 'to', steps: number, bins: Bins): TimeRange => {
  const at = range[edge] + steps * bins.stepMs;
  return edge === 'from'
    ? { from: Math.max(bins.from, Math.min(at, range.to - bins.stepMs)), to: range.to }
    : { from: range.from, to: Math.min(bins.to, Math.max(at, range.from + bins.stepMs)) };
};

const placeOf = (
  range: TimeRange,
  xOf: (at: number) => number,
  low: number,
  high: number,
): { readonly display: string; readonly left: string; readonly width: string } => {
  const from = Math.min(high, Math.max(low, xOf(range.from)));
  const to = Math.min(high, Math.max(low, xOf(range.to)));
  return { display: 'block', left: `${from}px`, width: `${Math.max(2, to - from)}px` };
};
