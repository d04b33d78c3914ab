import { warning, type Validator } from './validator.ts';

/** Without a window only events of the same microsecond are counted together. */
export const singleMoment: Validator = {
  code: 'single-moment',
  check: (rule) => {
    if (rule.over === 'actors' || rule.window.kind !== 'event') return [];
    return rule.when.flatMap((condition, i) => {
      const isCount = condition.kind === 'count' || condition.kind === 'distinct' || condition.kind === 'firstSeen';
      if (!isCount || condition.op === '<' || condition.op === '<=') return [];
      const needed = condition.op === '>' ? condition.value + 1 : condition.value;
      if (needed < 2) return [];
      const hint = 'Add a line like in any 10 minutes.';
      return [warning(`when.${i}`, 'Without a window only events of the same moment are counted together.', hint)];
    });
  },
};
