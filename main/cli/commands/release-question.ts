import type { Case } from '../../../core/index.ts';
import { required, text, usageError, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import type { Terminal } from '../terminal.ts';
import { askIn, decide, wantsJson, type Answer, type Released } from './release-decide.ts';
import { openKey } from './release-key.ts';
import { requestOf } from './release-requests.ts';

/** A release that is put together from the options of one command. */
export type Question = {
  readonly kind: Released;
  /** Fails where a file cannot be written there. */
  readonly requirePlace: (out: string) => void;
  /** Reads what is asked from the options, before the case is opened. */
  readonly read: () => (into: Case) => Promise<Answer>;
};

/**
 * Asks for a release; with `--key` approves it in one go; with `--request` approves one that was asked for. The exit code.
 */
export const askOrApprove = async (
  values: OptionValues,
  terminal: Terminal,
  { kind, requirePlace, read }: Question,
): Promise<number> => {
  const json = wantsJson(values);
  const key = text(values, 'key') === undefined ? undefined : await openKey(values, terminal);
  const out = key === undefined ? undefined : required(values, 'out');
  if (out !== undefined) requirePlace(out);
  const to = { out, json, terminal };
  const beginning = text(values, 'request');
  if (beginning === undefined) return askIn(values, kind, read(), key, to);
  if (key === undefined) throw usageError('--key is missing.', 'Give --key and --out.');
  return withCase(values, terminal, (into) => decide(kind, into, requestOf(into, beginning).id, key, to));
};
