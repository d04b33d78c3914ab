import { actorTimelineExample, drawActorTimeline, tableOfActorTimeline } from './actor-timeline.ts';
import { detectorsExample, drawDetectors, tableOfDetectors } from './detectors.ts';
import { drawHourOfWeek, hourOfWeekExample, tableOfHourOfWeek } from './hour-of-week.ts';
import { drawReasons, reasonsExample, tableOfReasons } from './reasons.ts';
import { drawScoreHistogram, scoreHistogramExample, tableOfScoreHistogram } from './score-histogram.ts';
import { drawSparkline, sparklineExample, tableOfSparkline } from './sparkline.ts';
import { drawTimeline, tableOfTimeline, timelineExample } from './timeline.ts';
import type { TwinTable } from './twin.ts';

/** A plot as the gallery and the regression test show it. */
export type GalleryEntry = {
  readonly name: string;
  readonly title: string;
  readonly draw: () => SVGElement | HTMLElement;
  readonly twin: () => TwinTable;
};

/** Every plot that is drawn as SVG, with its example; the swim lane is painted on a canvas and stands beside them. */
export const CATALOGUE: readonly GalleryEntry[] = [
  {
    name: 'timeline',
    title: 'Events over time: everybody, and those the filter leaves',
    draw: () => drawTimeline(timelineExample, { width: 520, height: 110 }),
    twin: () => tableOfTimeline(timelineExample),
  },
  {
    name: 'score-histogram',
    title: 'Actors by score and verdict, with a threshold',
    draw: () => drawScoreHistogram(scoreHistogramExample, { width: 520, height: 150, isLog: false, threshold: 1.5 }),
    twin: () => tableOfScoreHistogram(scoreHistogramExample),
  },
  {
    name: 'score-histogram-log',
    title: 'The same on a log axis',
    draw: () => drawScoreHistogram(scoreHistogramExample, { width: 520, height: 150, isLog: true, threshold: null }),
    twin: () => tableOfScoreHistogram(scoreHistogramExample),
  },
  {
    name: 'reasons',
    title: 'Why: share of the score, typical → actual, percentile among peers',
    draw: () => drawReasons(reasonsExample, { width: 420 }),
    twin: () => tableOfReasons(reasonsExample),
  },
  {
    name: 'detectors',
    title: 'Detectors side by side',
    draw: () => drawDetectors(detectorsExample, { width: 420 }),
    twin: () => tableOfDetectors(detectorsExample),
  },
  {
    name: 'actor-timeline',
    title: 'What an actor did when, over what active peers do',
    draw: () => drawActorTimeline(actorTimelineExample, { width: 520 }),
    twin: () => tableOfActorTimeline(actorTimelineExample),
  },
  {
    name: 'hour-of-week',
    title: 'Hours of the week',
    draw: () => drawHourOfWeek(hourOfWeekExample, { width: 420 }),
    twin: () => tableOfHourOfWeek(hourOfWeekExample),
  },
  {
    name: 'sparkline',
    title: 'Sparkline',
    draw: () => drawSparkline(sparklineExample, { width: 120, height: 20 }),
    twin: () => tableOfSparkline(sparklineExample),
  },
];
