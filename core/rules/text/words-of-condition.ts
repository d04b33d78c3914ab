import type { Comparison, Condition, EventFilter, Vocabulary } from '../schema.ts';
import { revealed } from './hidden.ts';
import { printDuration } from './print-condition.ts';
import { columnInWords, filterInWords, oneOf, severalOf } from './words-of-filter.ts';

type Features = Vocabulary['features'];

/** What must hold, as a clause: `there are at least 20 events`. */
export const conditionInWords = (condition: Condition, features: Features = []): string => {
  switch (condition.kind) {
    case 'count':
      return `there are ${compared(condition)} ${condition.value === 1 ? 'event' : 'events'}${whose(condition.where)}`;
    case 'distinct':
      return `there are ${compared(condition)} different ${severalOf(condition.column)}${among(condition.where)}`;
    case 'sum': {
      const { column, unit, decimals } = condition;
      const exactly = decimals === 0 ? 'whole numbers' : `${decimals} ${decimals === 1 ? 'decimal' : 'decimals'}`;
      const total = `the sum of ${columnInWords(column)}${among(condition.where)}`;
      return `${total} is ${compared(condition)}${behind(unit)} (each rounded to ${exactly})`;
    }
    case 'ratio': {
      const of = condition.among === null ? 'the events' : `the events where ${filterInWords(condition.among)},`;
      return `of ${of} the share where ${filterInWords(condition.of)} is ${compared(condition)}`;
    }
    case 'sequence':
      return `events come one after the other, each later than the one before: ${condition.steps
        .map((step, i) => `${i === 0 ? 'first' : 'then'} one where ${filterInWords(step)}`)
        .join(', ')}`;
    case 'firstSeen': {
      const isSome = condition.op === '>=' && condition.value === 1;
      const count = isSome ? 'an event has' : `${compared(condition)} events have`;
      const not = `not seen there in the ${printDuration(condition.lookback)} before`;
      return `${count} ${oneOf(condition.column)} ${not}${among(condition.where)}`;
    }
    case 'feature':
      return `${featureInWords(condition.feature, features)} is ${compared(condition)}${behind(condition.unit)}`;
    case 'percentile': {
      const standing = `of the actors with a value of ${featureInWords(condition.feature, features)}`;
      return `${standing}, ${PERCENT[condition.op]} ${condition.value} % have a lower one`;
    }
  }
};

const AMOUNT: Readonly<Record<Comparison, string>> = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'fewer than',
  '=': 'exactly',
};
const PERCENT: Readonly<Record<Comparison, string>> = { ...AMOUNT, '<': 'less than' };

const compared = ({ kind, op, value }: { readonly kind: string; readonly op: Comparison; readonly value: number }) =>
  `${(kind === 'count' || kind === 'distinct' || kind === 'firstSeen' ? AMOUNT : PERCENT)[op]} ${value}`;

const behind = (unit: string): string => (unit === '' ? '' : ` ${revealed(unit)}`);
const whose = (where: EventFilter | null): string => (where === null ? '' : ` where ${filterInWords(where)}`);
const among = (where: EventFilter | null): string =>
  where === null ? '' : ` among events where ${filterInWords(where)}`;

/** The name, and the sentence of the dictionary where it is known. */
const featureInWords = (name: string, features: Features): string => {
  const sentence = features.find((each) => each.name === name)?.sentence;
  const inside = sentence === undefined ? '' : ` (${revealed(sentence).replace(/\.$/, '')})`;
  return `${revealed(name)}${inside}`;
};
