import { actorTimelineExample, drawActorTimeline, tableOfActorTimeline } from './actor-timeline.ts';
import { agreementExample, drawAgreement, tableOfAgreement } from './agreement.ts';
import { auditBoundsExample, drawAuditBounds, tableOfAuditBounds } from './audit-bounds.ts';
import { budgetStepsExample, drawBudgetSteps, tableOfBudgetSteps } from './budget-steps.ts';
import { detectorsExample, drawDetectors, tableOfDetectors } from './detectors.ts';
import { drawEpsilonCurve, epsilonCurveExample, tableOfEpsilonCurve } from './epsilon-curve.ts';
import { drawHitsPerDay, hitsPerDayExample, tableOfHitsPerDay } from './hits-per-day.ts';
import { drawHourOfWeek, hourOfWeekExample, tableOfHourOfWeek } from './hour-of-week.ts';
import { drawReasons, reasonsExample, tableOfReasons } from './reasons.ts';
import { drawReleasedPoints, releasedPointsExample, tableOfReleasedPoints } from './released-points.ts';
import { drawReliability, reliabilityExample, tableOfReliability } from './reliability.ts';
import { drawRiskTradeOff, riskTradeOffExample, tableOfRiskTradeOff } from './risk-trade-off.ts';
import { drawRuleOverlap, ruleOverlapExample, tableOfRuleOverlap } from './rule-overlap.ts';
import { drawScoreHistogram, scoreHistogramExample, tableOfScoreHistogram } from './score-histogram.ts';
import { drawSparkline, sparklineExample, tableOfSparkline } from './sparkline.ts';
import { drawTimeline, tableOfTimeline, timelineExample } from './timeline.ts';
import type { TwinTable } from './twin.ts';
import { drawWordWeights, tableOfWordWeights, wordWeightsExample } from './word-weights.ts';

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
    name: 'score-histogram-cut',
    title: 'The same with the cut of a false-discovery rate',
    draw: () =>
      drawScoreHistogram(scoreHistogramExample, {
        width: 520,
        height: 150,
        isLog: true,
        threshold: null,
        cut: { score: 2.1, label: '10 % ordinary' },
      }),
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
    title: 'Detectors side by side, over the score bands; the highest has a ring',
    draw: () => drawDetectors(detectorsExample, { width: 420 }),
    twin: () => tableOfDetectors(detectorsExample),
  },
  {
    name: 'agreement',
    title: 'How far detectors agree: correlation of rankings, and strongest actors in common',
    draw: () => drawAgreement(agreementExample, { width: 560 }),
    twin: () => tableOfAgreement(agreementExample),
  },
  {
    name: 'reliability',
    title: 'What was claimed, and what came of it',
    draw: () => drawReliability(reliabilityExample, { width: 360 }),
    twin: () => tableOfReliability(reliabilityExample),
  },
  {
    name: 'word-weights',
    title: 'What each detector’s word counts, before and after verdicts',
    draw: () => drawWordWeights(wordWeightsExample, { width: 420 }),
    twin: () => tableOfWordWeights(wordWeightsExample),
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
    name: 'epsilon-curve',
    title: 'How wide the noise of a release is at every ε',
    draw: () => drawEpsilonCurve(epsilonCurveExample, { width: 520, epsilon: 0.5, unit: 'actors' }),
    twin: () => tableOfEpsilonCurve(epsilonCurveExample, 'actors'),
  },
  {
    name: 'released-points',
    title: 'Released numbers with their intervals',
    draw: () => drawReleasedPoints(releasedPointsExample, { width: 520, name: 'actors' }),
    twin: () => tableOfReleasedPoints(releasedPointsExample, 'actors'),
  },
  {
    name: 'budget-steps',
    title: 'What was spent after each line of the ledger, under the limit of its time',
    draw: () => drawBudgetSteps(budgetStepsExample, { width: 520, unit: 'ε' }),
    twin: () => tableOfBudgetSteps(budgetStepsExample, 'ε'),
  },
  {
    name: 'audit-bounds',
    title: 'Privacy loss that an audit proved, beside the claim',
    draw: () => drawAuditBounds(auditBoundsExample, { width: 520 }),
    twin: () => tableOfAuditBounds(auditBoundsExample),
  },
  {
    name: 'risk-trade-off',
    title: 'Actors at risk against what detection keeps',
    draw: () => drawRiskTradeOff(riskTradeOffExample, { width: 520, label: 'ROC AUC' }),
    twin: () => tableOfRiskTradeOff(riskTradeOffExample, 'ROC AUC'),
  },
  {
    name: 'sparkline',
    title: 'Sparkline',
    draw: () => drawSparkline(sparklineExample, { width: 120, height: 20 }),
    twin: () => tableOfSparkline(sparklineExample),
  },
  {
    name: 'hits-per-day',
    title: 'Hits of a rule per day',
    draw: () => drawHitsPerDay(hitsPerDayExample, { width: 420, height: 110 }),
    twin: () => tableOfHitsPerDay(hitsPerDayExample),
  },
  {
    name: 'rule-overlap',
    title: 'Actors that two rules both hit',
    draw: () => drawRuleOverlap(ruleOverlapExample, { width: 420 }),
    twin: () => tableOfRuleOverlap(ruleOverlapExample),
  },
];
