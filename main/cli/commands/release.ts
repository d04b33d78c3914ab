import { userInfo } from 'node:os';

import {
  approveRelease,
  askRelease,
  makeKeyFile,
  openKeyFile,
  readPublicKey,
  readQueryFile,
  readReleaseFile,
  refuseRelease,
  requirePlaceFor,
  verifyRelease,
  viewLedger,
  writeReleaseFiles,
  type Asked,
  type ReleaseVerdict,
  type RequestView,
  type ReviewerKey,
} from '../../../core/api/release/index.ts';
import { isForestFile, isForestJson } from '../../../core/api/private-forest.ts';
import type { Case } from '../../../core/index.ts';
import { CASE_HELP, CASE_OPTIONS, list, oneOf, required, text, usageError, type Command } from '../command.ts';
import type { OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { keyPassphrase } from './key-passphrase.ts';
import { showPlan } from './release-plan.ts';
import { FOREST_HELP, FOREST_OPTIONS, FOREST_USAGE, releaseForest, verifyForestFile } from './release-forest.ts';

const FORMATS = ['table', 'json'] as const;

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
    query: { type: 'string' },
    epsilon: { type: 'string' },
    delta: { type: 'string' },
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
      return values['plan'] === true ? showPlan(values, terminal) : askAndApprove(values, terminal);
    const chosen = ACTIONS[action];
    if (chosen === undefined || (files.length > 0 && action !== 'verify')) {
      const next = `Write release with --query FILE, or one of: ${Object.keys(ACTIONS).join(', ')}.`;
      throw usageError('That is nothing release can do.', next);
    }
    return chosen(values, files, terminal);
  },
};

const askAndApprove = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const json = oneOf(values, 'format', FORMATS) === 'json';
  const query = readQueryFile(required(values, 'query'));
  const asked = {
    query,
    epsilon: required(values, 'epsilon'),
    delta: text(values, 'delta'),
    purpose: text(values, 'purpose'),
  };
  const key = text(values, 'key') === undefined ? undefined : await openKey(values, terminal);
  const out = key === undefined ? text(values, 'out') : required(values, 'out');
  if (out !== undefined) requirePlaceFor(out);
  return withCase(values, terminal, async (into) => {
    if (key !== undefined && viewLedger(into).twoPersons) throw needsTwo();
    const found = await askRelease(into, asked);
    if (found.kind === 'answered') return give(found.file, true, out, json, terminal);
    if (key === undefined) return tellPending(found, json, terminal);
    return decide(into, found.request, key, required(values, 'out'), json, terminal);
  });
};

const needsTwo = () =>
  usageError(
    'This case demands two persons: one asks, another approves.',
    'Ask without --key; the reviewer approves with `nightjar release approve`.',
  );

const tellPending = (
  { request, plan }: Extract<Asked, { kind: 'pending' }>,
  json: boolean,
  terminal: Terminal,
): number => {
  if (json) terminal.out(`${inertJson({ request, state: 'pending', statements: plan.statements })}\n`);
  else {
    terminal.out(`Request ${request} waits for a reviewer. Nothing was spent.\n`);
    for (const statement of plan.statements) terminal.note(plain(statement));
  }
  return 0;
};

const approve = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const json = oneOf(values, 'format', FORMATS) === 'json';
  const wanted = required(values, 'request');
  const out = required(values, 'out');
  const key = await openKey(values, terminal);
  requirePlaceFor(out);
  return withCase(values, terminal, (into) => {
    const { id, query } = requestOf(into, wanted);
    if (isForestJson(query)) {
      const next = `Write \`nightjar release forest --request ${id} …\` with the same options.`;
      throw usageError('This request is for a forest.', next);
    }
    return decide(into, id, key, out, json, terminal);
  });
};

const decide = async (
  into: Case,
  request: string,
  key: ReviewerKey,
  out: string,
  json: boolean,
  terminal: Terminal,
): Promise<number> => {
  const { file, isRepeated } = await approveRelease(into, request, key, terminal.watch);
  return give(file, isRepeated, out, json, terminal);
};

/** Writes an answer where it was asked for, or shows it where no file was named. */
const give = (
  file: Buffer,
  isRepeated: boolean,
  out: string | undefined,
  json: boolean,
  terminal: Terminal,
): number => {
  if (isRepeated) terminal.note('The same question was answered before: this is that answer. It cost nothing.');
  if (out === undefined) {
    terminal.out(file.toString('utf8'));
    return 0;
  }
  const paths = writeReleaseFiles(out, file);
  terminal.out(
    json ? `${inertJson({ ...paths, isRepeated })}\n` : `Released: ${plain(paths.json)}, ${plain(paths.csv)}\n`,
  );
  return 0;
};

const refuse = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const wanted = required(values, 'request');
  const reason = required(values, 'reason');
  const key = await openKey(values, terminal);
  await withCase(values, terminal, async (into) => refuseRelease(into, requestOf(into, wanted).id, reason, key));
  terminal.out('Refused. Nothing was spent.\n');
  return 0;
};

const showRequests = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const json = oneOf(values, 'format', FORMATS) === 'json';
  const { requests } = await withCase(values, terminal, async (from) => viewLedger(from));
  if (json) terminal.out(`${inertJson(requests)}\n`);
  else terminal.out(requests.length === 0 ? 'Nothing was asked for yet.\n' : requests.map(requestLines).join(''));
  return 0;
};

const requestLines = (request: RequestView): string => {
  const { id, state, askedAt, asker, epsilon, delta, purpose, query, reason, debit } = request;
  const why = purpose === '' ? '' : `  purpose: ${plain(purpose)}\n`;
  const refusal = reason === null ? '' : `  refused: ${plain(reason)}\n`;
  const together = debit?.alone === true ? '  asked and approved by one account\n' : '';
  const head = `${id}  ${state}  ${askedAt}  by ${plain(asker)}  epsilon ${epsilon}, delta ${delta}`;
  return `${head}\n  ${inertJson(query)}\n${why}${refusal}${together}`;
};

const keygen = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const path = required(values, 'out');
  const passphrase = keyPassphrase(values, terminal);
  const made = await makeKeyFile(path, text(values, 'name') ?? userInfo().username, passphrase);
  if (oneOf(values, 'format', FORMATS) === 'json') terminal.out(`${inertJson({ ...made, path })}\n`);
  else terminal.out(`Key ${plain(path)}, public key ${plain(path)}.pub\nFingerprint ${made.fingerprint}\n`);
  if (passphrase === undefined) terminal.note('Without a passphrase, whoever has the file can approve releases.');
  return 0;
};

const verify = (values: OptionValues, files: readonly string[], terminal: Terminal): number => {
  const [path, ...more] = files;
  if (path === undefined || more.length > 0) {
    throw usageError('verify takes one release file.', 'Write `nightjar release verify FILE`.');
  }
  const trusted = list(values, 'trust')?.map((file) => readPublicKey(file).fingerprint);
  const verdict = isForestFile(path) ? verifyForestFile(path, trusted) : verifyRelease(readReleaseFile(path), trusted);
  if (oneOf(values, 'format', FORMATS) === 'json') terminal.out(`${inertJson(verdict)}\n`);
  else terminal.out(verdictLines(verdict).join('\n'));
  return verdict.ok ? 0 : 1;
};

const verdictLines = ({ ok, checks, signer }: ReleaseVerdict): string[] => [
  ok ? 'The release holds together.' : 'The release does not hold together.',
  ...checks.flatMap(({ what, faults }) =>
    faults.length === 0 ? [`  ok     ${what}`] : faults.map((fault) => `  WRONG  ${what}: ${plain(fault)}`),
  ),
  `Signed by a key that calls itself ${plain(signer.name)}, fingerprint ${signer.fingerprint}.`,
  signer.isTrusted === undefined
    ? 'Whose key that is, this file cannot say: compare the fingerprint with the reviewer, or give --trust FILE.pub.'
    : signer.isTrusted
      ? 'It is one of the keys you trust.'
      : 'It is none of the keys you trust.',
  '',
];

const openKey = (values: OptionValues, terminal: Terminal): Promise<ReviewerKey> =>
  openKeyFile(required(values, 'key'), keyPassphrase(values, terminal));

/** The request whose id begins like this. */
const requestOf = (of: Case, beginning: string): RequestView => {
  const found = viewLedger(of).requests.filter(({ id }) => id.startsWith(beginning));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw usageError(
    found.length === 0 ? 'There is no such request.' : 'More than one request begins like that.',
    'See `nightjar release requests --case DIR`.',
  );
};
