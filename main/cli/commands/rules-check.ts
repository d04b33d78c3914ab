import {
  caseVocabulary,
  checkRules,
  readRulesFile,
  showDiagnostic,
  type CheckedRules,
} from '../../../core/api/rules/index.ts';
import { oneOf, text, usageError, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { FORMATS } from './rules-files.ts';

/** `nightjar rules check FILE`: everything wrong with a file of rules, and what they say in words. 1 where there is an error. */
export const checkFile = async (
  values: OptionValues,
  files: readonly string[],
  terminal: Terminal,
): Promise<number> => {
  const [path, ...more] = files;
  if (path === undefined || more.length > 0) throw usageError('rules check takes one file.', 'Name a file of rules.');
  const isJson = oneOf(values, 'format', FORMATS) === 'json';
  const file = readRulesFile(path);
  const vocabulary = text(values, 'case') === undefined ? undefined : await withCase(values, terminal, caseVocabulary);
  const checked = checkRules(file.text, vocabulary);
  if (isJson) terminal.out(`${inertJson(checked)}\n`);
  else terminal.out(shown(checked, file.text, file.form === 'json' ? `${file.name} (as text)` : file.name));
  return checked.diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
};

const shown = ({ diagnostics, rules }: CheckedRules, of: string, name: string): string => {
  const faults = diagnostics.map((diagnostic) => showDiagnostic(of, diagnostic, name));
  const said = rules.map(({ id, title, words }) => `${id}: ${plain(title)}\n  ${plain(words)}\n`);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return `${[...faults, ...said].join('\n')}${counted(errors, 'error')}, ${counted(diagnostics.length - errors, 'warning')}\n`;
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
