import { CASE_HELP, CASE_OPTIONS, required, usageError, type Command } from '../command.ts';
import { withCase } from '../open-for.ts';
import { plain } from '../terminal.ts';

export const reidentify: Command = {
  name: 'reidentify',
  usage: 'nightjar reidentify --case DIR --actor TOKEN --reason TEXT',
  sentence: 'Look up who is behind a pseudonym. The look and its reason are journalled before the answer is given.',
  help: `  --actor TOKEN          the pseudonym
  --reason TEXT          why you need to know; it stays in the journal
${CASE_HELP}`,
  options: { ...CASE_OPTIONS, actor: { type: 'string' }, reason: { type: 'string' } },
  run: async (values, positionals, terminal) => {
    if (positionals.length > 0) throw usageError('reidentify takes no file.', 'Give --actor and --reason.');
    const token = required(values, 'actor');
    const reason = required(values, 'reason');
    const entries = await withCase(values, terminal, (opened) =>
      Promise.resolve(opened.vault.reidentify(token, reason)),
    );
    if (entries.length === 0) {
      terminal.note('The vault does not know this pseudonym.');
      return 1;
    }
    for (const { column, value } of entries) terminal.out(`${column}\t${plain(value)}\n`);
    return 0;
  },
};
