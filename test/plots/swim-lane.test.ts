import { describe, expect, it } from 'vitest';
import { paintSwimLane } from '../../renderer/plots/swim-lane-painter.ts';
import {
  hitSwimLane,
  lanesThatFit,
  layoutSwimLane,
  swimLaneExample,
  tableOfSwimLane,
} from '../../renderer/plots/swim-lane.ts';
import { THEMES } from '../../renderer/theme/tokens.ts';
import { keptDrawing } from './golden.ts';
import { svgBrush } from './svg-brush.ts';

const options = { width: 640, height: 160, labelWidth: 104, rowHeight: 14 };
const layout = layoutSwimLane(swimLaneExample, options);

describe('swim lane', () => {
  it('is painted as it was kept', () => {
    const { brush, toSvg } = svgBrush(options.width, options.height);
    paintSwimLane(brush, layout, THEMES.light);
    expect(toSvg()).toBe(keptDrawing('swim-lane', toSvg()));
  });

  it('finds the lane and the bin under a point', () => {
    const { top } = layout.rows[2] ?? { top: Number.NaN };
    const x = layout.left + 40.5 * layout.step;
    expect(hitSwimLane(layout, x, top + 7)).toEqual({ row: 2, bin: 40 });
    expect(hitSwimLane(layout, x, 3)).toEqual({ row: null, bin: 40 });
    expect(hitSwimLane(layout, 5, top + 7)).toEqual({ row: 2, bin: null });
    expect(hitSwimLane(layout, x, 10_000).row).toBeNull();
  });

  it('shows more for more events, nothing for none, and the busiest bin at full strength', () => {
    const levels = layout.rows[2]?.levels ?? new Uint8Array();
    expect(levels[40]).toBe(5);
    expect(levels[6]).toBeGreaterThan(0);
    expect(levels[6]).toBeLessThan(5);
    expect(levels[7]).toBe(0);
  });

  it('takes as many lanes as fit', () => {
    expect(lanesThatFit(options.height, options.rowHeight)).toBe(8);
    expect(layoutSwimLane(swimLaneExample, { ...options, height: 80 }).rows).toHaveLength(2);
  });

  it('has a table twin', () => {
    expect(tableOfSwimLane(swimLaneExample).rows[2]).toEqual(['tmsl2hBYaJoY', '96', '13', '2026-03-07 00:00', '60']);
  });
});
