import { refuseRelease, requirePlaceFor } from '../../../core/api/release/index.ts';
import { required, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import type { Terminal } from '../terminal.ts';
import { decide, kindOf, wantsJson } from './release-decide.ts';
import { openKey } from './release-key.ts';
import { requestOf } from './release-requests.ts';

/** `nightjar release approve`: approves a request, whatever it asks for. The exit code. */
export const approve = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const json = wantsJson(values);
  const wanted = required(values, 'request');
  const out = required(values, 'out');
  const key = await openKey(values, terminal);
  requirePlaceFor(out);
  return withCase(values, terminal, (into) => {
    const { id, query } = requestOf(into, wanted);
    return decide(kindOf(query), into, id, key, { out, json, terminal });
  });
};

/** `nightjar release refuse`: refuses a request, whatever it asks for. The exit code. */
export const refuse = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const wanted = required(values, 'request');
  const reason = required(values, 'reason');
  const key = await openKey(values, terminal);
  await withCase(values, terminal, async (into) => refuseRelease(into, requestOf(into, wanted).id, reason, key));
  terminal.out('Refused. Nothing was spent.\n');
  return 0;
};
