import type { BacktestReport, BacktestedRule, Measured, RuleQuality } from '../../core/api/contract/rules-findings.ts';
import { plain } from './terminal.ts';

/** A backtest as text. */
export const backtestTable = (report: BacktestReport): string => {
  const { actors, events, labels, rules, together } = report;
  const lines = [
    `${events} events of ${actors} actors; ${labels.abuse} labelled abuse, ${labels.benign} benign`,
    '',
    ...rules.flatMap(ruleLines),
  ];
  if (rules.length > 1) {
    lines.push(
      `any of them: ${together.actors} actors`,
      ...qualityLines(together.quality),
      ...laterLines(together),
      '',
    );
  }
  if (together.later !== null) lines.push(LATER);
  return lines.join('\n');
};

/** A share as a percentage, a missing one as a dash. */
export const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

/** The same with its interval. */
export const measured = ({ value, low, high }: Measured): string =>
  low === null || high === null ? '–' : `${percent(value)} [${percent(low)}, ${percent(high)}]`;

const ruleLines = (rule: BacktestedRule): string[] => [
  `${rule.rule}: ${plain(rule.title)}`,
  `  ${plain(rule.words)}`,
  `  ${rule.hits} hits, ${rule.actors} actors${busiest(rule)}`,
  ...qualityLines(rule.quality),
  ...laterLines(rule),
  ...weekLines(rule),
  ...rule.subgroups.flatMap(subgroupLines),
  ...rule.overlap
    .slice(0, MOST_OVERLAPS)
    .map(
      ({ rule: other, shared, jaccard, adds }) =>
        `  shares ${shared} actors with ${other} (Jaccard ${jaccard.toFixed(2)}), adds ${adds}`,
    ),
  ...changeLines(rule),
  ...targetLines(rule),
  '',
];

const MOST_OVERLAPS = 5;
const MOST_WEEKS = 12;

const qualityLines = (quality: RuleQuality): string[] => {
  const { truePositives, falsePositives, falseNegatives, unlabelled } = quality;
  if (truePositives + falsePositives + falseNegatives + quality.trueNegatives === 0) return [];
  return [
    `  ${truePositives} abuse and ${falsePositives} benign hit, ${falseNegatives} abuse missed, ${unlabelled} hit without a label`,
    `  precision ${measured(quality.precision)}, recall ${measured(quality.recall)}`,
    `  F1 ${measured(quality.f1)}, false-positive rate ${measured(quality.falsePositiveRate)}`,
  ];
};

const laterLines = ({ later }: Pick<BacktestedRule, 'later'>): string[] =>
  later === null
    ? []
    : [
        `  later actors: precision ${measured(later.precision)}, recall ${measured(later.recall)}, F1 ${measured(later.f1)}`,
      ];

const LATER =
  'later actors: the last three in ten of the labelled, by the middle of their events. `rules induce` learns from the\n' +
  'others: how good a rule is that it made from these labels, the later actors say.';

const busiest = ({ perDay }: BacktestedRule): string => {
  if (perDay.length === 0) return '';
  const most = perDay.reduce((a, b) => (b.hits > a.hits ? b : a));
  const mean = perDay.reduce((sum, { hits }) => sum + hits, 0) / perDay.length;
  return `; ${mean.toFixed(1)} hits a day, most on ${most.day}: ${most.hits}`;
};

const weekLines = ({ perWeek }: BacktestedRule): string[] => {
  const shown = perWeek.slice(-MOST_WEEKS);
  if (shown.length < 2) return [];
  return [
    '  week            hits   actors  precision',
    ...shown.map(
      ({ week, hits, actors, precision }) =>
        `  ${week}  ${String(hits).padStart(8)} ${String(actors).padStart(8)}  ${measured(precision)}`,
    ),
  ];
};

const subgroupLines = ({ column, groups, fairness, leftOut }: BacktestedRule['subgroups'][number]): string[] => {
  if (groups.length === 0) return [];
  return [
    `  by ${plain(column)}${leftOut > 0 ? ` (${leftOut} actors in small groups left out)` : ''}`,
    ...groups.map(
      ({ value, actors, hitRate, falsePositiveRate, ratio }) =>
        `    ${plain(value).padEnd(16)} ${String(actors).padStart(7)} actors, hit ${measured(hitRate)}, false positives ${percent(falsePositiveRate.value)}, ${ratio.value === null ? '–' : `${ratio.value.toFixed(2)} ×`} the rest`,
    ),
    ...(fairness === null
      ? []
      : [
          `    ${fairness.of === 'hitRate' ? 'hit rates' : 'false-positive rates'}: ${plain(fairness.lowest)} over ${plain(fairness.highest)} is ${interval(fairness.ratio)}`,
        ]),
  ];
};

const interval = ({ value, low, high }: Measured): string =>
  low === null || high === null ? '–' : `${value?.toFixed(2) ?? '–'} [${low.toFixed(2)}, ${high.toFixed(2)}]`;

const changeLines = ({ change }: BacktestedRule): string[] => {
  if (change === null) return [];
  const told = ({ abuse, benign, unlabelled }: (typeof change)['gained']): string =>
    `${abuse + benign + unlabelled} (${abuse} abuse, ${benign} benign)`;
  return [
    `  against the other version: ${told(change.gained)} gained, ${told(change.lost)} lost, ${told(change.kept)} kept`,
  ];
};

const targetLines = ({ target }: BacktestedRule): string[] => {
  if (target === null) return [];
  if (target.kind === 'whole') return [`  ${target.name} runs it as it is`];
  if (target.kind === 'refused')
    return [`  ${target.name} cannot run it:`, ...target.reasons.map((each) => `    ${plain(each)}`)];
  const { narrowed } = target;
  return [
    `  ${target.name} runs it narrower:`,
    ...target.differences.map((each) => `    ${plain(each)}`),
    ...(narrowed === null
      ? []
      : [
          `    ${narrowed.hits} hits, ${narrowed.actors} actors there; precision ${measured(narrowed.quality.precision)}, recall ${measured(narrowed.quality.recall)}`,
        ]),
  ];
};
