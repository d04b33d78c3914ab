import { readRulesFile, requireValidRules, type RulesFile } from '../../../core/api/rules/index.ts';
import { required, text, usageError, type OptionValues } from '../command.ts';

/** A file of rules with its rules, of which everything that can be checked without a case is. */
export type ReadRules = RulesFile & { readonly rules: ReturnType<typeof requireValidRules> };

/** Reads a file of rules. Errors: `input`, with line and column of the first fault. */
export const readRules = (path: string): ReadRules => {
  const file = readRulesFile(path);
  return { ...file, rules: requireValidRules(file.text, undefined, file.name) };
};

/** The rules of `--rules`. */
export const requiredRules = (values: OptionValues): ReadRules => readRules(required(values, 'rules'));

export const FORMATS = ['table', 'json'] as const;

/** `COLUMN=NAME,…`: names of our columns elsewhere. */
export const namesOf = (values: OptionValues, option: string): ReadonlyMap<string, string> =>
  new Map(
    (text(values, option) ?? '')
      .split(',')
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const at = part.indexOf('=');
        if (at > 0 && at < part.length - 1) return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
        throw usageError(`--${option} takes COLUMN=NAME, with commas between.`, `Example: --${option} actor_id=user.`);
      }),
  );
