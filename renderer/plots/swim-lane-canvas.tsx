import { useLayoutEffect, useMemo, useRef, type PointerEvent, type ReactNode } from 'react';
import { formatCount } from './format.ts';
import { paintSwimLane, type SwimLaneColours } from './swim-lane-painter.ts';
import { hitSwimLane, layoutSwimLane, type SwimLaneData, type SwimLaneLayout } from './swim-lane.ts';
import { formatRange, type TimeRange } from './time.ts';
import type { PlotSize } from './size.ts';
import styles from './plots.module.css';

export type SwimLaneProps = {
  readonly data: SwimLaneData;
  readonly size: PlotSize;
  readonly labelWidth: number;
  readonly rowHeight: number;
  readonly colours: SwimLaneColours;
  readonly onSelect?: (actor: string) => void;
  readonly onBrush?: (range: TimeRange) => void;
};

const DRAG_PX = 4;

/** The heat map of actors by time: a pointer shows what is under it, a click chooses an actor, a drag a range of time. */
export const SwimLane = (props: SwimLaneProps): ReactNode => {
  const { data, size, labelWidth, rowHeight, colours, onSelect, onBrush } = props;
  const { width, height } = size;
  const canvas = useRef<HTMLCanvasElement>(null);
  const hover = useRef<HTMLDivElement>(null);
  const dragFrom = useRef<number | null>(null);
  const layout = useMemo(
    () => layoutSwimLane(data, { width, height, labelWidth, rowHeight }),
    [data, width, height, labelWidth, rowHeight],
  );
  useLayoutEffect(() => {
    if (canvas.current !== null) paint(canvas.current, layout, colours);
  }, [layout, colours]);

  const binRange = (x0: number, x1: number): TimeRange => {
    const binAt = (x: number): number =>
      Math.min(layout.count - 1, Math.max(0, Math.floor((x - layout.left) / layout.step)));
    const at = (bin: number): number => data.bins.from + bin * data.bins.stepMs;
    return { from: at(binAt(Math.min(x0, x1))), to: at(binAt(Math.max(x0, x1)) + 1) };
  };
  const show = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    if (hover.current === null) return;
    placeHover(hover.current, layout, data, x, event.clientY - box.top, dragFrom.current);
    if (dragFrom.current !== null) {
      const text = hover.current.querySelector('[data-part="tip"]');
      if (text !== null) text.textContent = formatRange(binRange(dragFrom.current, x));
    }
  };
  const end = (event: PointerEvent<HTMLDivElement>): void => {
    const from = dragFrom.current;
    dragFrom.current = null;
    if (from === null) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    if (Math.abs(x - from) >= DRAG_PX && from >= layout.left) onBrush?.(binRange(from, x));
    else {
      const { row } = hitSwimLane(layout, x, event.clientY - box.top);
      const actor = row === null ? undefined : layout.rows[row]?.actor;
      if (actor !== undefined) onSelect?.(actor);
    }
    show(event);
  };

  return (
    <div
      className={styles.lanes}
      style={{ width, height }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        dragFrom.current = event.clientX - event.currentTarget.getBoundingClientRect().left;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={show}
      onPointerUp={end}
      onPointerLeave={() => {
        if (hover.current !== null) hover.current.hidden = true;
      }}
    >
      <canvas
        ref={canvas}
        className={styles.canvas}
        role="img"
        aria-label={`Events over time of ${data.lanes.length} actors of the queue`}
      />
      <div ref={hover} hidden className={styles.hover} aria-hidden="true">
        <div data-part="column" className={styles.hoverColumn} />
        <div data-part="row" className={styles.hoverRow} />
        <div data-part="tip" className={styles.tip} />
      </div>
    </div>
  );
};

const paint = (canvas: HTMLCanvasElement, layout: SwimLaneLayout, colours: SwimLaneColours): void => {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const ratio = window.devicePixelRatio;
  const [width, height] = [Math.round(layout.width * ratio), Math.round(layout.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, layout.width, layout.height);
  paintSwimLane(context, layout, colours);
};

/** Straight into the page, past React: a pointer moves more often than a tree should render. */
const placeHover = (
  hover: HTMLDivElement,
  layout: SwimLaneLayout,
  data: SwimLaneData,
  x: number,
  y: number,
  dragFrom: number | null,
): void => {
  const { row, bin } = hitSwimLane(layout, x, y);
  const [column, rowMark, tip] = ['column', 'row', 'tip'].map((part) =>
    hover.querySelector<HTMLDivElement>(`[data-part="${part}"]`),
  );
  hover.hidden = bin === null && row === null && dragFrom === null;
  if (hover.hidden || !column || !rowMark || !tip) return;
  const isDrag = dragFrom !== null && Math.abs(x - dragFrom) >= DRAG_PX;
  const left = isDrag ? Math.max(layout.left, Math.min(dragFrom, x)) : layout.left + ((bin ?? 0) + 0.5) * layout.step;
  const right = layout.left + layout.count * layout.step;
  column.style.display = bin === null && !isDrag ? 'none' : 'block';
  column.style.transform = `translateX(${left}px)`;
  column.style.width = isDrag ? `${Math.min(right, Math.max(dragFrom, x)) - left}px` : '1px';
  column.style.height = `${layout.axisTop}px`;
  column.dataset['drag'] = String(isDrag);
  const lane = row === null ? undefined : layout.rows[row];
  rowMark.style.display = lane === undefined ? 'none' : 'block';
  if (lane !== undefined) rowMark.style.transform = `translateY(${lane.top}px)`;
  rowMark.style.height = `${layout.rowHeight}px`;
  tip.textContent = tipText(data, row, bin);
  tip.style.display = tip.textContent === '' ? 'none' : 'block';
  const isRight = x > layout.width * 0.6;
  tip.style.transform = `translate(${isRight ? `calc(${x - 12}px - 100%)` : `${x + 12}px`}, ${Math.max(0, Math.min(y + 14, layout.height - 40))}px)`;
};

const tipText = (data: SwimLaneData, row: number | null, bin: number | null): string => {
  const lane = row === null ? undefined : data.lanes[row];
  if (bin === null) return lane?.actor ?? '';
  const from = data.bins.from + bin * data.bins.stepMs;
  const range = formatRange({ from, to: from + data.bins.stepMs });
  const count = lane === undefined ? (data.overall[bin] ?? 0) : (lane.counts[bin] ?? 0);
  return `${lane?.actor ?? 'everybody'} · ${range} · ${formatCount(count)} ${count === 1 ? 'event' : 'events'}`;
};
