import type { RiskReport } from '../../core/api/risk.ts';
import { plain } from './terminal.ts';

const TOP_SUBSETS = 8;

/** A risk report as text. */
export const riskTable = (report: RiskReport): string => {
  const { kAnonymity: k, attackers, uniqueness } = report;
  const names = report.columns.map(({ name }) => plain(name));
  const named = (columns: readonly number[]): string => columns.map((c) => names[c] ?? '').join(' + ');
  const lines = [
    `${k.actors} actors in ${k.classes} classes of equal ${names.join(', ')}`,
    `smallest class ${k.smallest}: the table is ${k.smallest}-anonymous; ${k.below.actors} actors (${percent(k.below.actors, k.actors)}) in ${k.below.classes} classes below ${k.below.k}`,
    '',
    `${pad('class size')}${right('classes')}${right('actors')}`,
    ...k.distribution.map(({ from, to, classes, actors }) => {
      const size = to === null ? `${from}+` : from === to ? `${from}` : `${from}–${to}`;
      return `${pad(size)}${right(String(classes))}${right(String(actors))}`;
    }),
    '',
    `${pad('attacker')}${right(`risk > ${attackers.threshold}`)}${right('highest')}${right('average')}`,
    ...(['prosecutor', 'journalist'] as const).map((name) => {
      const { atRisk, highest, average } = attackers[name];
      return `${pad(name)}${right(share(atRisk))}${right(share(highest))}${right(share(average))}`;
    }),
    `${pad('marketer')}${right('')}${right('')}${right(share(attackers.marketer.average))}`,
    attackers.samplingFraction === null
      ? 'The log counts as the population: journalist and marketer risk are the worst case.'
      : `The log holds ${share(attackers.samplingFraction)} of the population: journalist and marketer risk are estimates.`,
    '',
    `unique in the log: ${share(uniqueness.sample)} of the actors`,
  ];
  if (uniqueness.population !== null) {
    const { share: unique, model, uniqueMatch } = uniqueness.population;
    lines.push(`unique in the population, estimated (${model}): ${share(unique)}`);
    if (uniqueMatch !== null) lines.push(`a match of somebody unique here is the right one: ${share(uniqueMatch)}`);
  }
  if (report.sensitive.length > 0) {
    lines.push(
      '',
      `${pad('sensitive')}${right('distinct l')}${right('entropy l')}${right('t')}${right('known by class')}`,
    );
    for (const { name, lDiversity: l, tCloseness: t } of report.sensitive) {
      lines.push(
        `${pad(plain(name))}${right(String(l.distinct))}${right(l.entropy.toFixed(2))}${right(t.largest.toFixed(3))}${right(share(l.homogeneous))}`,
      );
    }
  }
  lines.push('', `${pad('columns that tell apart', 44)}${right('separation')}${right('distinct')}${right('unique')}`);
  for (const { columns, separationRatio, distinctRatio, unique } of report.subsets.slice(0, TOP_SUBSETS)) {
    lines.push(
      `${pad(named(columns), 44)}${right(share(separationRatio))}${right(share(distinctRatio))}${right(share(unique))}`,
    );
  }
  lines.push(
    '',
    `${pad(`part in the share below ${k.below.k}`)}${right('alone')}${right('left out')}${right('its part')}`,
  );
  for (const { column, alone, leftOut, shapley } of report.contributions.columns) {
    lines.push(`${pad(names[column] ?? '')}${right(share(alone))}${right(points(leftOut))}${right(points(shapley))}`);
  }
  lines.push('', ...suggestionLines(report));
  return `${lines.join('\n')}\n`;
};

const suggestionLines = ({ target, suggestions, tradeOff }: RiskReport): string[] => {
  const { method, lattice, judged } = suggestions;
  const found =
    method === 'exhaustive'
      ? `the best of all ${lattice} generalisations`
      : `good ones; ${judged} of ${lattice} generalisations were looked at`;
  const measured = new Map(tradeOff.map(({ policy, detection }) => [policy.levels.join(), detection]));
  const lines = [`to leave everybody one of at least ${target}, ${found}:`];
  const line = (policy: (typeof suggestions.best)[number] | (typeof suggestions.oneStep)[number]): string[] => {
    const changes = policy.changes.map(({ column, to }) => `${plain(column)}: ${to}`).join('; ');
    const cost = [
      `suppress ${policy.suppressed} actors (${share(policy.suppressedShare)})`,
      `information lost ${share(policy.loss.granularity)}`,
      `average risk ${share(policy.averageRisk)} (of all, nobody suppressed: ${share(policy.averageRiskOfAll)})`,
    ];
    const detection = measured.get(policy.levels.join());
    if (detection) {
      const { rankCorrelation, topOverlap, rocAuc, unseen } = detection;
      cost.push(`first ${topOverlap.of} kept ${share(topOverlap.share)}`);
      if (rankCorrelation !== null) cost.push(`rank correlation ${rankCorrelation.toFixed(2)}`);
      if (rocAuc !== null) cost.push(`ROC AUC ${rocAuc.before.toFixed(3)} → ${rocAuc.after.toFixed(3)}`);
      if (unseen.length > 0) cost.push(`detection was not shown the change of ${unseen.map(plain).join(', ')}`);
    }
    return [`  ${changes === '' ? 'nothing coarser' : changes}`, `    ${cost.join(', ')}`];
  };
  lines.push(...suggestions.best.flatMap(line));
  if (suggestions.oneStep.length > 0) lines.push('one step each, by itself:', ...suggestions.oneStep.flatMap(line));
  return lines;
};

const pad = (text: string, width = 28): string => text.padEnd(width);
const right = (text: string): string => ` ${text.padStart(14)}`;
const share = (x: number): string => `${(100 * x).toFixed(x > 0 && x < 0.001 ? 3 : 1)} %`;
const points = (x: number | null): string => (x === null ? '–' : share(x));
const percent = (part: number, whole: number): string => share(whole === 0 ? 0 : part / whole);
