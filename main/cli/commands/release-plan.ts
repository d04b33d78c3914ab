import { readQueryFile, tellPlan, type ToldPlan } from '../../../core/api/release/index.ts';
import { required, text, type OptionValues } from '../command.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { wantsJson } from './release-decide.ts';

/** What is asked, and what it may cost. */
export const QUERY_OPTIONS = {
  query: { type: 'string' },
  epsilon: { type: 'string' },
  delta: { type: 'string' },
} as const;

/** `nightjar release --plan`: what a release would cost and how far off it would be, without a case. */
export const showPlan = (values: OptionValues, terminal: Terminal): number => {
  const told = tellPlan({
    query: readQueryFile(required(values, 'query')),
    epsilon: required(values, 'epsilon'),
    delta: text(values, 'delta'),
    groupSize: text(values, 'group-size'),
  });
  const json = wantsJson(values);
  terminal.out(json ? `${inertJson(told)}\n` : `${lines(told).map(plain).join('\n')}\n`);
  return 0;
};

const lines = ({ cost, groups, error, statements }: ToldPlan): string[] => [
  'Nothing was asked, and nothing is spent.',
  `Cost: epsilon ${cost.epsilon ?? 'by zCDP'}, rho ${cost.rho}, delta ${cost.delta}`,
  `Groups: ${groups ?? 'the data decide, with noise'}`,
  `Interval: ${error.halfWidth === undefined ? 'cannot be told (see --group-size)' : `± ${short(error.halfWidth)}`}`,
  `Error by noise: ${part(error.noise)}`,
  `Error by bounds on contributions, in rows of all groups: ${part(error.contributionBounds)}`,
  `Error by clamping, over all values: ${part(error.clamping)}`,
  `Error by groups that are not shown: ${part(error.droppedKeys)}`,
  ...statements,
];

const part = (of: ToldPlan['error']['noise']): string => {
  if (!of.known) return `unknown; it takes ${of.needs}`;
  const range = of.from === of.to ? short(of.to) : `${short(of.from)} to ${short(of.to)}`;
  return of.basis === 'public' ? range : `${range} (${of.basis})`;
};

const short = (x: number): string => String(Number(x.toPrecision(4)));
