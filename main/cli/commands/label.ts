import { labelCase, undoLabels, type LabelReport } from '../../../core/index.ts';
import { CASE_HELP, CASE_OPTIONS, labelColumns, oneOf, required, text, usageError, type Command } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson, plain } from '../terminal.ts';

const FORMATS = ['table', 'json'] as const;

export const label: Command = {
  name: 'label',
  usage: 'nightjar label --case DIR --labels FILE [--actor COL] [--label COL]\n       nightjar label --case DIR --undo',
  sentence: 'Store verdicts on actors from a labels file, beside those made in the app.',
  help: `  --labels FILE          table of actors (pseudonyms or raw names) and labels: abuse, benign, unsure, or 1, 0, spam,
                         ham and the like; of an actor named more than once the last row counts
  --actor COL            column of the actor (default: by name)
  --label COL            column of the label (default: by name)
  --undo                 take the latest step of verdicts back, whether it came from a file or from the app
  --format table|json    (default table)
${CASE_HELP}`,
  options: {
    ...CASE_OPTIONS,
    labels: { type: 'string' },
    actor: { type: 'string' },
    label: { type: 'string' },
    undo: { type: 'boolean' },
    format: { type: 'string' },
  },
  run: async (values, positionals, terminal) => {
    if (positionals.length > 0) throw usageError('label takes no file by itself.', 'Give --labels FILE.');
    const isJson = oneOf(values, 'format', FORMATS) === 'json';
    if (values['undo'] === true) {
      if (text(values, 'labels') !== undefined) throw usageError('--undo takes no labels.', 'Name one or the other.');
      const undone = await withCase(values, terminal, undoLabels);
      if (undone === null) {
        terminal.note('There is no verdict to take back.');
        return 1;
      }
      const said = `Taken back: ${plain(undone.done)}. ${standing(undone.verdicts)}`;
      terminal.out(isJson ? `${inertJson(undone)}\n` : `${said}\n`);
      return 0;
    }
    const path = required(values, 'labels');
    const report = await withCase(values, terminal, (into) => labelCase(into, path, labelColumns(values)));
    terminal.out(isJson ? `${inertJson(report)}\n` : `${sentences(report).join('\n')}\n`);
    return 0;
  },
};

const standing = ({ abuse, benign, unsure }: LabelReport['verdicts']): string =>
  `The case now holds ${abuse} abuse, ${benign} benign, ${unsure} unsure.`;

const sentences = (report: LabelReport): string[] => {
  const { rows, changed, unchanged, unknown, conflicting, skipped } = report;
  const lines = [`${rows} rows read: ${changed} verdicts stored, ${unchanged} were there already.`];
  if (unknown > 0) lines.push(`${unknown} names are not in the ranking and were left out.`);
  if (conflicting > 0) lines.push(`${conflicting} actors have rows that disagree: the last one counts.`);
  if (skipped > 0) lines.push(`${skipped} rows without an actor or a label were skipped.`);
  return [...lines, standing(report.verdicts)];
};
