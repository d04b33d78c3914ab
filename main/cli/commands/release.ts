import { CASE_HELP, CASE_OPTIONS, usageError, type Command, type OptionValues } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { approve, refuse } from './release-approve.ts';
import { askForNumbers } from './release-ask.ts';
import { FOREST_HELP, FOREST_OPTIONS, FOREST_USAGE, releaseForest } from './release-forest.ts';
import { keygen } from './release-key.ts';
import { QUERY_OPTIONS, showPlan } from './release-plan.ts';
import { showRequests } from './release-requests.ts';
import { verify } from './release-verify.ts';

/** What the word after `release` does; without one, a release is asked for. */
const ACTIONS: Readonly<
  Record<string, (values: OptionValues, files: readonly string[], terminal: Terminal) => Promise<number>>
> = {
  requests: (values, _, terminal) => showRequests(values, terminal),
  approve: (values, _, terminal) => approve(values, terminal),
  refuse: (values, _, terminal) => refuse(values, terminal),
  keygen: (values, _, terminal) => keygen(values, terminal),
  forest: (values, _, terminal) => releaseForest(values, terminal),
  verify: (values, files, terminal) => Promise.resolve(verify(values, files, terminal)),
};

export const release: Command = {
  name: 'release',
  usage: `nightjar release --case DIR --query FILE --epsilon E [--delta D] [--purpose TEXT]
       nightjar release --case DIR --query FILE --epsilon E [--delta D] --key REVIEWER_KEY --out FILE
       nightjar release --query FILE --epsilon E [--delta D] --plan [--group-size N]
       nightjar release requests --case DIR
       nightjar release approve --case DIR --request ID --key REVIEWER_KEY --out FILE
       nightjar release refuse --case DIR --request ID --key REVIEWER_KEY --reason TEXT
       nightjar release keygen --out FILE [--name NAME]
       ${FOREST_USAGE}
       nightjar release verify FILE [--trust FILE.pub,…]`,
  sentence: 'Release numbers with differential privacy: ask, approve, verify.',
  help: `Without --key a request is filed, nothing is spent, and its id is printed: a reviewer approves or refuses it. With
--key it is asked and approved in one go, which the ledger shows, and a case that demands two persons forbids.

  --query FILE           what to release, as JSON
  --epsilon E, --delta D what it may cost
  --plan                 print what it would cost and how far off it would be; nothing is asked, no case is read
  --group-size N         with --plan: the size of the groups that you care about, an assumption of yours
  --purpose TEXT         why; it stays in the ledger and is written into the release
  --key FILE             a reviewer's key that is enrolled in the case (\`nightjar ledger\`)
  --key-passphrase-file FILE   its passphrase (or the variable NIGHTJAR_KEY_PASSPHRASE)
  --out FILE             the signed release as JSON; a table as CSV is written beside it
  --request ID           a request, or the beginning of its id
  --trust FILE.pub,…     public keys that you received another way: verify fails for any other
${FOREST_HELP}
  --format table|json    (default table)
${CASE_HELP}`,
  options: {
    ...CASE_OPTIONS,
    ...QUERY_OPTIONS,
    plan: { type: 'boolean' },
    'group-size': { type: 'string' },
    purpose: { type: 'string' },
    key: { type: 'string' },
    'key-passphrase-file': { type: 'string' },
    out: { type: 'string' },
    request: { type: 'string' },
    reason: { type: 'string' },
    name: { type: 'string' },
    trust: { type: 'string' },
    ...FOREST_OPTIONS,
    format: { type: 'string' },
  },
  run: async (values, positionals, terminal) => {
    const [action, ...files] = positionals;
    if (action === undefined)
      return values['plan'] === true ? showPlan(values, terminal) : askForNumbers(values, terminal);
    const chosen = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (chosen === undefined || (files.length > 0 && action !== 'verify')) {
      const next = `Write release with --query FILE, or one of: ${Object.keys(ACTIONS).join(', ')}.`;
      throw usageError('That is nothing release can do.', next);
    }
    return chosen(values, files, terminal);
  },
};
