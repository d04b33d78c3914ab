import { CASE_HELP, CASE_OPTIONS, list, required, usageError, type Command } from '../command.ts';
import { withCase } from '../open-for.ts';
import { plain } from '../terminal.ts';

export const reidentify: Command = {
  name: 'reidentify',
  usage: 'nightjar reidentify --case DIR --actor TOKEN[,TOKEN…] --reason TEXT',
  sentence: 'Look up who is behind a pseudonym. The look and its reason are journalled before the answer is given.',
  help: `  --actor TOKEN,…        the pseudonym, or several: each look is an entry of its own in the journal, failed ones too
  --reason TEXT          why you need to know; it stays in the journal
${CASE_HELP}`,
  options: { ...CASE_OPTIONS, actor: { type: 'string' }, reason: { type: 'string' } },
  run: async (values, positionals, terminal) => {
    if (positionals.length > 0) throw usageError('reidentify takes no file.', 'Give --actor and --reason.');
    required(values, 'actor');
    const tokens = [...new Set(list(values, 'actor'))];
    const reason = required(values, 'reason');
    const found = await withCase(values, terminal, (opened) =>
      Promise.resolve(opened.vault.reidentifyAll(tokens, reason)),
    );
    const several = tokens.length > 1;
    let unknown = 0;
    for (const [token, entries] of found) {
      if (entries.length === 0) unknown++;
      for (const { column, value } of entries) {
        terminal.out(`${several ? `${plain(token)}\t` : ''}${column}\t${plain(value)}\n`);
      }
    }
    if (unknown === 0) return 0;
    terminal.note(
      several ? `The vault does not know ${unknown} of these pseudonyms.` : 'The vault does not know this pseudonym.',
    );
    return 1;
  },
};
