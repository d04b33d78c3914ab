import { LIMITS } from '../form/limits.ts';
import type { Condition } from '../schema.ts';
import { acceptWord, fault, isWord, mark, peek, skipToPart, spanFrom, type Cursor } from './cursor.ts';
import { readCondition } from './read-condition.ts';

/** Conditions with `and` between them. After a fault in one it goes on with the next, and gives undefined at the end. */
export const readConditions = (c: Cursor, path: string): readonly Condition[] | undefined => {
  const conditions: Condition[] = [];
  const first = peek(c);
  let isWhole = true;
  do {
    const condition = readCondition(c, `${path}.${conditions.length}`);
    if (condition === undefined) {
      isWhole = false;
      skipToPart(c, ['and']);
    } else conditions.push(condition);
    if (isWord(c, 'or')) {
      const token = peek(c);
      const hint = 'All conditions must hold: join them by "and"; for the other case write a second rule.';
      fault(c, 'or-of-conditions', 'Conditions are not joined by "or".', hint, token);
      isWhole = false;
      skipToPart(c, ['and']);
    }
  } while (acceptWord(c, 'and', 'one more condition'));
  if (!isWhole) return undefined;
  mark(c, path, first);
  if (conditions.length <= LIMITS.conditions) return conditions;
  const hint = `At most ${LIMITS.conditions} conditions: write two rules.`;
  return fault(c, 'too-many', 'There are too many conditions.', hint, spanFrom(c, first));
};
