import { makeKeyFile, openKeyFile, thisAccount, type ReviewerKey } from '../../../core/api/release/index.ts';
import { required, text, type OptionValues } from '../command.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { keyPassphrase } from './key-passphrase.ts';
import { wantsJson } from './release-decide.ts';

/** The reviewer's key of `--key`. */
export const openKey = (values: OptionValues, terminal: Terminal): Promise<ReviewerKey> =>
  openKeyFile(required(values, 'key'), keyPassphrase(values, terminal));

/** `nightjar release keygen`: makes a reviewer's key. The exit code. */
export const keygen = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const path = required(values, 'out');
  const passphrase = keyPassphrase(values, terminal);
  const made = await makeKeyFile(path, text(values, 'name') ?? thisAccount(), passphrase);
  if (wantsJson(values)) terminal.out(`${inertJson({ ...made, path })}\n`);
  else terminal.out(`Key ${plain(path)}, public key ${plain(path)}.pub\nFingerprint ${made.fingerprint}\n`);
  if (passphrase === undefined) terminal.note('Without a passphrase, whoever has the file can approve releases.');
  return 0;
};
