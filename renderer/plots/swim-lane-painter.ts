import { LEVELS, type SwimLaneLayout } from './swim-lane.ts';

/** Colours of a canvas, as the theme has them. */
export type SwimLaneColours = {
  readonly accent: string;
  readonly accentSoft: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly surfaceSunken: string;
  readonly text: string;
  readonly textMuted: string;
  readonly score0: string;
  readonly score1: string;
  readonly score2: string;
  readonly score3: string;
  readonly score4: string;
};

/** What the painter needs of a canvas; a test hands it one that writes SVG. */
export type Brush = {
  fillStyle: string | CanvasGradient | CanvasPattern;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  fillRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
};

const LABEL_FONT = '11px "JetBrains Mono Variable", ui-monospace, monospace';
const TEXT_FONT = '11px "Inter Variable", system-ui, sans-serif';
const ALPHA = [0, 0.34, 0.5, 0.67, 0.84, 1] as const;

/** Paints a layout on a cleared canvas whose unit is the CSS pixel. */
export const paintSwimLane = (brush: Brush, layout: SwimLaneLayout, colours: SwimLaneColours): void => {
  paintGround(brush, layout, colours);
  paintOverall(brush, layout, colours);
  paintHeat(brush, layout, colours);
  paintLabels(brush, layout, colours);
};

const paintGround = (brush: Brush, layout: SwimLaneLayout, colours: SwimLaneColours): void => {
  const plotWidth = layout.count * layout.step;
  brush.globalAlpha = 1;
  for (const row of layout.rows) {
    brush.fillStyle = row.isSelected ? colours.accentSoft : colours.surfaceSunken;
    if (row.isSelected) brush.fillRect(0, row.top, layout.left + plotWidth, layout.rowHeight);
    else brush.fillRect(layout.left, row.top + 1, plotWidth, layout.rowHeight - 2);
  }
  brush.fillStyle = colours.line;
  for (const tick of layout.ticks) brush.fillRect(Math.round(tick.x), 0, 1, layout.axisTop);
};

const paintOverall = (brush: Brush, layout: SwimLaneLayout, colours: SwimLaneColours): void => {
  brush.fillStyle = colours.lineStrong;
  for (let bin = 0; bin < layout.count; bin++) {
    const height = (layout.overall[bin] ?? 0) * (layout.overallHeight - 2);
    if (height > 0) {
      const x = layout.left + bin * layout.step;
      brush.fillRect(x, layout.overallHeight - height, Math.max(0.5, layout.step - 0.5), height);
    }
  }
};

/** Level by level: the fewest changes of colour. */
const paintHeat = (brush: Brush, layout: SwimLaneLayout, colours: SwimLaneColours): void => {
  brush.fillStyle = colours.accent;
  const width = Math.max(1, layout.step - (layout.step > 4 ? 1 : 0));
  for (let level = 1; level <= LEVELS; level++) {
    brush.globalAlpha = ALPHA[level] ?? 1;
    for (const row of layout.rows) {
      for (let bin = 0; bin < layout.count; bin++) {
        if (row.levels[bin] !== level) continue;
        brush.fillRect(layout.left + bin * layout.step, row.top + 1, width, layout.rowHeight - 2);
      }
    }
  }
  brush.globalAlpha = 1;
};

const paintLabels = (brush: Brush, layout: SwimLaneLayout, colours: SwimLaneColours): void => {
  const bands = [colours.score0, colours.score1, colours.score2, colours.score3, colours.score4];
  brush.textBaseline = 'middle';
  brush.textAlign = 'left';
  brush.font = TEXT_FONT;
  brush.fillStyle = colours.textMuted;
  brush.fillText('everybody', 12, layout.overallHeight / 2 + 4);
  brush.font = LABEL_FONT;
  for (const row of layout.rows) {
    const middle = row.top + layout.rowHeight / 2;
    if (row.band !== null) {
      brush.fillStyle = bands[row.band] ?? colours.score0;
      brush.fillRect(2, row.top + 2, 4, layout.rowHeight - 4);
    }
    brush.fillStyle = row.isSelected ? colours.text : colours.textMuted;
    brush.fillText(row.actor.length > 12 ? `${row.actor.slice(0, 11)}…` : row.actor, 12, middle + 0.5);
  }
  brush.font = TEXT_FONT;
  brush.fillStyle = colours.textMuted;
  brush.textAlign = 'center';
  for (const tick of layout.ticks) brush.fillText(tick.label, Math.round(tick.x), layout.axisTop + 10);
};
