import { tellingPart } from '../leak/telling-part.ts';
import { literalsOf } from '../form/literals-of.ts';
import { warning, type Validator } from './validator.ts';

/** A text that may name somebody: such a rule can never be exported, and hits one person only. */
export const looksLikeIdentifier: Validator = {
  code: 'looks-like-identifier',
  check: (rule) =>
    literalsOf(rule).flatMap(({ path, value }) => {
      const part = typeof value === 'string' ? tellingPart(value) : undefined;
      if (part === undefined) return [];
      const hint = 'A rule is about behaviour, not about one person; the export will refuse it.';
      return [warning(path, `This looks like ${part}.`, hint)];
    }),
};
