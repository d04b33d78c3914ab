import { askRelease, readQueryFile, requirePlaceFor } from '../../../core/api/release/index.ts';
import { required, text, type OptionValues } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { askIn, NUMBERS, wantsJson } from './release-decide.ts';
import { openKey } from './release-key.ts';

/** `nightjar release`: asks for numbers; with `--key` approves them in one go. The exit code. */
export const askForNumbers = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const json = wantsJson(values);
  const asked = {
    query: readQueryFile(required(values, 'query')),
    epsilon: required(values, 'epsilon'),
    delta: text(values, 'delta'),
    purpose: text(values, 'purpose'),
  };
  const key = text(values, 'key') === undefined ? undefined : await openKey(values, terminal);
  const out = key === undefined ? text(values, 'out') : required(values, 'out');
  if (out !== undefined) requirePlaceFor(out);
  return askIn(values, NUMBERS, (into) => askRelease(into, asked), key, { out, json, terminal });
};
