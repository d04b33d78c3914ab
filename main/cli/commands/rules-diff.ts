import { diffRules, type RuleFileChange } from '../../../core/api/rules/index.ts';
import { oneOf, text, usageError, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { FORMATS, readRules } from './rules-files.ts';

/** `nightjar rules diff`: two files of rules, rule by rule, and with a case whom they hit. */
export const diff = async (values: OptionValues, files: readonly string[], terminal: Terminal): Promise<number> => {
  const [before, after, ...more] = files;
  if (before === undefined || after === undefined || more.length > 0) {
    throw usageError('rules diff takes two files.', 'Name the older and the newer file of rules.');
  }
  const isJson = oneOf(values, 'format', FORMATS) === 'json';
  const [old, now] = [readRules(before).rules, readRules(after).rules];
  const changes =
    text(values, 'case') === undefined
      ? await diffRules(old, now)
      : await withCase(values, terminal, (opened) => diffRules(old, now, opened, terminal.watch));
  terminal.out(isJson ? `${inertJson(changes)}\n` : changes.map(shown).join(''));
  return 0;
};

const SIGNS = { same: ' ', added: '+', removed: '-' } as const;

const shown = ({ rule, kind, lines, hits }: RuleFileChange): string => {
  const told = hits === null ? '' : `: ${hits.gained} actors gained, ${hits.lost} lost, ${hits.kept} kept`;
  const changed = kind === 'same' ? [] : lines.map(({ kind: how, text: line }) => `  ${SIGNS[how]} ${plain(line)}`);
  return [`${rule} ${kind}${told}`, ...changed, ''].join('\n');
};
