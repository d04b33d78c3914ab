import type { EventFilter } from '../../schema.ts';
import { type Comparison, type Pushed, pushNegations } from '../filters.ts';
import { smlName, smlNumber, smlText } from './names.ts';

/**
 * A filter as signals of `when_all`. A missing value is `None`: `==` and `in` are then false; numbers are compared only where
 * there is one, since Osprey's types ask for that.
 */
export const smlSignals = (filter: EventFilter | null): readonly string[] => {
  if (filter === null) return [];
  const pushed = pushNegations(filter);
  return ('parts' in pushed && pushed.kind === 'all' ? pushed.parts : [pushed]).map((part) => expression(part, true));
};

const expression = (part: Pushed, isOutermost = false): string => {
  if ('parts' in part) {
    const text = part.parts.map((each) => expression(each)).join(part.kind === 'all' ? ' and ' : ' or ');
    return isOutermost && part.parts.length === 1 ? text : `(${text})`;
  }
  return comparison(part.comparison, part.kind === 'isNot');
};

const comparison = (leaf: Comparison, negated: boolean): string => {
  const name = smlName(leaf.column);
  switch (leaf.op) {
    case 'present':
      return `${name} ${negated ? '==' : '!='} None`;
    case 'in': {
      const list = `[${leaf.values.map(smlText).join(', ')}]`;
      return negated ? `(not (${name} in ${list}))` : `${name} in ${list}`;
    }
    case '=': {
      const value = typeof leaf.value === 'number' ? smlNumber(leaf.value) : smlText(leaf.value);
      return negated ? `(not (${name} == ${value}))` : `${name} == ${value}`;
    }
    default: {
      const holds = `(${name} != None and ${name} ${leaf.op} ${smlNumber(leaf.value)})`;
      return negated ? `(not ${holds})` : holds;
    }
  }
};
