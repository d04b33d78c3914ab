import {
  induceRulesOf,
  requireRulesPlace,
  writeRulesFile,
  type InduceFrom,
  type InducedOf,
} from '../../../core/api/rules/index.ts';
import { integer, oneOf, required, text, usageError, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { measured, percent } from '../rules-table.ts';
import { FORMATS } from './rules-files.ts';

/** `nightjar rules induce`: looks for rules that tell some actors from the rest, and writes them to a file. 1 where none was found. */
export const induce = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const isJson = oneOf(values, 'format', FORMATS) === 'json';
  const from = induceFrom(values);
  const out = required(values, 'out');
  required(values, 'case');
  requireRulesPlace(out);
  const seed = integer(values, 'seed', 0, 2 ** 53 - 1);
  const author = text(values, 'author');
  const target = text(values, 'to');
  const request = {
    from,
    ...(seed === undefined ? {} : { seed }),
    ...(author === undefined ? {} : { author }),
    ...(target === undefined ? {} : { target }),
  };
  const found = await withCase(values, terminal, (opened) => induceRulesOf(opened, request, terminal.watch));
  const { rules, candidates, notes, induced } = found;
  for (const note of notes) terminal.note(plain(note));
  if (rules.length > 0) writeRulesFile(out, rules);
  terminal.out(isJson ? `${inertJson({ candidates, list: induced.list, notes })}\n` : shown(found));
  return rules.length > 0 ? 0 : 1;
};

const induceFrom = (values: OptionValues): InduceFrom => {
  const given = values['actor'];
  const actors = Array.isArray(given) ? given.filter((each): each is string => typeof each === 'string') : [];
  const top = integer(values, 'top', 1, 1e6);
  const file = text(values, 'labels');
  const ways = [actors.length > 0, top !== undefined, file !== undefined].filter(Boolean).length;
  if (ways > 1) throw usageError('Name one of --labels, --actor and --top.', 'They say whom rules are to find.');
  if (actors.length > 0) return { kind: 'actors', actors };
  if (top !== undefined) return { kind: 'top', count: top };
  return { kind: 'labels', ...(file === undefined ? {} : { file }) };
};

const shown = ({ candidates, induced }: InducedOf): string => {
  const lines = candidates.flatMap(({ text: rule, words, training, holdOut }) => [
    plain(words),
    `  training: precision ${percent(training.precision)}, recall ${percent(training.recall)}, ${training.hits} hit`,
    holdOut === null
      ? '  held out: nobody'
      : `  held out: precision ${measured(holdOut.precision)}, recall ${measured(holdOut.recall)}, ${holdOut.hits} hit`,
    ...rule
      .trimEnd()
      .split('\n')
      .map((line) => `  | ${plain(line)}`),
    '',
  ]);
  const { holdOut } = induced.list;
  if (candidates.length > 1 && holdOut !== null) {
    lines.push(`all together, held out: F1 ${measured(holdOut.f1)}, precision ${measured(holdOut.precision)}`, '');
  }
  return lines.join('\n');
};
