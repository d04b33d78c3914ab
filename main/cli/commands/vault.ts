import { readFileSync } from 'node:fs';
import { destroyVault, NightjarError, verifyDestruction } from '../../../core/index.ts';
import type { Destruction, DestructionVerdict } from '../../../core/index.ts';
import { CASE_HELP, CASE_OPTIONS, oneOf, required, text, usageError, type Command } from '../command.ts';
import type { OptionValues } from '../command.ts';
import { passphraseOf, withCase } from '../open-for.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';

const FORMATS = ['table', 'json'] as const;

export const vault: Command = {
  name: 'vault',
  usage: `nightjar vault passphrase --case DIR --new-passphrase-file FILE
       nightjar vault destroy --case DIR --reason TEXT
       nightjar vault verify --case DIR`,
  sentence: 'Change the passphrase of a vault, destroy its keys for good, or check that they are gone.',
  help: `  --new-passphrase-file FILE   the new passphrase (or the variable NIGHTJAR_NEW_PASSPHRASE)
  --reason TEXT          why the vault is destroyed; it stays in the journal
  --format table|json    (default table)
${CASE_HELP}

\`destroy\` cannot be undone: keys and identities are overwritten and removed. Afterwards the case still opens, ranks and
releases, but nobody can re-identify in it, and it takes no further imports. Copies of the case that lie elsewhere keep
their vault: destroy them too. \`verify\` shows what was destroyed and looks for anything that was left.`,
  options: {
    ...CASE_OPTIONS,
    'new-passphrase-file': { type: 'string' },
    reason: { type: 'string' },
    format: { type: 'string' },
  },
  run: async (values, positionals, terminal) => {
    const json = oneOf(values, 'format', FORMATS) === 'json';
    const [action, ...more] = positionals;
    if (more.length === 0 && action === 'passphrase') return changePassphrase(values, terminal);
    if (more.length === 0 && action === 'destroy') return destroy(values, terminal, json);
    if (more.length === 0 && action === 'verify') return verify(values, terminal, json);
    throw usageError('vault has three things to do: passphrase, destroy, verify.', 'Write one of them after `vault`.');
  },
};

const changePassphrase = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const passphrase = newPassphrase(values, terminal);
  await withCase(values, terminal, (opened) => opened.vault.changePassphrase(passphrase));
  terminal.out('The passphrase was changed. Copies of the case made before still open with the old one.\n');
  return 0;
};

const newPassphrase = (values: OptionValues, terminal: Terminal): string => {
  const path = text(values, 'new-passphrase-file');
  const given = path === undefined ? terminal.env['NIGHTJAR_NEW_PASSPHRASE'] : readPassphrase(path);
  if (given !== undefined && given !== '') return given;
  throw usageError('The new passphrase is missing.', 'Give --new-passphrase-file.');
};

const readPassphrase = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/u, '');
  } catch (error) {
    const next = 'Check its path and permissions.';
    throw new NightjarError('usage', 'The passphrase file cannot be read.', { where: path, next }, error);
  }
};

const destroy = async (values: OptionValues, terminal: Terminal, json: boolean): Promise<number> => {
  const directory = required(values, 'case');
  const reason = required(values, 'reason');
  const done = await destroyVault(directory, { reason, passphrase: passphraseOf(values, terminal) });
  terminal.out(json ? `${inertJson(done)}\n` : statement(done).join('\n'));
  terminal.note('Keep the hash somewhere else: it shows if an older copy of the case is put back.');
  return 0;
};

const verify = (values: OptionValues, terminal: Terminal, json: boolean): number => {
  const verdict = verifyDestruction(required(values, 'case'));
  terminal.out(json ? `${inertJson(verdict)}\n` : verdictLines(verdict).join('\n'));
  return verdict.ok ? 0 : 1;
};

const statement = ({ at, reason, sealing, key, header, entry }: Destruction): string[] => [
  `The vault was destroyed at ${at}.`,
  `  reason   ${plain(reason)}`,
  `  sealed   by ${plain(sealing)}`,
  `  keys     ${key === null ? 'not named: the vault was shut' : plain(key)}`,
  `  header   ${header === null ? 'there was none' : `SHA-256 ${plain(header)}`}`,
  `  journal  ${entry}`,
  '',
];

const verdictLines = ({ ok, destruction, checks }: DestructionVerdict): string[] => [
  ...(destruction === null ? ['The vault of this case was not destroyed.'] : statement(destruction).slice(0, -1)),
  ...checks.map((check) => `  ${check.ok ? 'yes' : 'NO '}  ${check.sentence}`),
  ok ? 'Nothing here makes or undoes a pseudonym of this case.' : 'Not all of this holds.',
  '',
];
