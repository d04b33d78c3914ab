import type { Condition, Duration, EventFilter } from '../schema.ts';
import { quoted } from './hidden.ts';
import { printFilter, printName } from './print-filter.ts';

/** A condition in the text form. */
export const printCondition = (condition: Condition): string => {
  const compared = 'op' in condition ? ` ${condition.op} ${condition.value}` : '';
  switch (condition.kind) {
    case 'count':
      return `count(${where(condition.where).trimStart()})${compared}`;
    case 'distinct':
      return `distinct(${printName(condition.column)}${where(condition.where)})${compared}`;
    case 'sum': {
      const exactness = ` to ${condition.decimals} ${condition.decimals === 1 ? 'decimal' : 'decimals'}`;
      return `sum(${printName(condition.column)}${where(condition.where)})${compared}${unit(condition.unit)}${exactness}`;
    }
    case 'ratio': {
      const among = condition.among === null ? '' : ` among ${printFilter(condition.among)}`;
      return `share(where ${printFilter(condition.of)}${among})${compared}`;
    }
    case 'sequence':
      return `sequence(${condition.steps.map(printFilter).join(' then ')})`;
    case 'firstSeen': {
      const inner = `${printName(condition.column)} in ${printDuration(condition.lookback)}${where(condition.where)}`;
      return `first_seen(${inner})${condition.op === '>=' && condition.value === 1 ? '' : compared}`;
    }
    case 'feature':
      return `feature(${printName(condition.feature)})${compared}${unit(condition.unit)}`;
    case 'percentile':
      return `percentile(${printName(condition.feature)})${compared}`;
  }
};

/** `10 minutes`, `1 hour`. */
export const printDuration = (duration: Duration): string => {
  const count = duration.slice(0, -1);
  return `${count} ${UNITS[duration.slice(-1)]}${count === '1' ? '' : 's'}`;
};

const UNITS: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day' };

const where = (filter: EventFilter | null): string => (filter === null ? '' : ` where ${printFilter(filter)}`);

const unit = (text: string): string => (text === '' ? '' : ` ${quoted(text)}`);
