import { useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './plots.module.css';
import type { PlotSize } from './size.ts';
import { useSize } from './use-size.ts';

export type ChartProps = {
  /** Draws at a size; must stay the same function while nothing but the size changes. */
  readonly draw: (size: PlotSize) => Element;
  /** Pixels; without it the chart is as high as what was drawn. */
  readonly height?: number;
  /** Laid over the drawing. */
  readonly children?: (size: PlotSize) => ReactNode;
};

/** A drawing that follows the width of the place it stands in. */
export const Chart = ({ draw, height, children }: ChartProps): ReactNode => {
  const [frame, measured] = useSize();
  const drawing = useRef<HTMLDivElement>(null);
  const width = measured?.width ?? 0;
  useLayoutEffect(() => {
    if (width > 0) drawing.current?.replaceChildren(draw({ width, height: height ?? 0 }));
  }, [draw, width, height]);
  return (
    <div ref={frame} className={styles.chart} style={height === undefined ? undefined : { height }}>
      <div ref={drawing} />
      {width > 0 && children?.({ width, height: height ?? 0 })}
    </div>
  );
};
