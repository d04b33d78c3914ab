import { verifyJournal } from '../../../core/index.ts';
import { required, usageError, type Command } from '../command.ts';

export const journal: Command = {
  name: 'journal',
  usage: 'nightjar journal verify --case DIR',
  sentence: 'Check that the journal of a case is whole: nothing changed, missing, reordered or cut off.',
  help: '  --case DIR             the case directory',
  options: { case: { type: 'string' } },
  run: async (values, positionals, terminal) => {
    if (positionals[0] !== 'verify' || positionals.length > 1) {
      throw usageError('journal has one thing to do: verify.', 'Write `nightjar journal verify --case DIR`.');
    }
    const verdict = verifyJournal(required(values, 'case'));
    if (!verdict.ok) {
      terminal.note(`The journal is broken at line ${verdict.line}: ${verdict.message}`);
      return 1;
    }
    terminal.out(`The journal is whole: ${verdict.entries} entries, last hash ${verdict.hash}.\n`);
    return 0;
  },
};
