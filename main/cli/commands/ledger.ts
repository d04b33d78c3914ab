import {
  checkCaseLedger,
  enrolKey,
  openKeyFile,
  readPublicKey,
  readSignedFile,
  setLimit,
  setTwoPersons,
  viewLedger,
  type Amount,
  type LedgerReport,
  type LedgerView,
  type RequestView,
} from '../../../core/api/release/index.ts';
import type { Case } from '../../../core/index.ts';
import { CASE_HELP, CASE_OPTIONS, list, oneOf, required, text, usageError, type Command } from '../command.ts';
import type { OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { keyPassphrase } from './key-passphrase.ts';

const FORMATS = ['table', 'json'] as const;

export const ledger: Command = {
  name: 'ledger',
  usage: `nightjar ledger --case DIR
       nightjar ledger --case DIR --limit EPSILON [--limit-delta D] --key REVIEWER_KEY
       nightjar ledger --case DIR --enrol FILE.pub --key REVIEWER_KEY
       nightjar ledger --case DIR --two-persons on|off --key REVIEWER_KEY
       nightjar ledger verify --case DIR [--release FILE,…]`,
  sentence: 'Show what releases of a case cost and what is left; set its limit and its rules; check it.',
  help: `  --limit EPSILON        what all releases together may cost; the first key that sets it is enrolled in the case
  --limit-delta D        (default 0) the same of delta
  --conversion-delta D   the part of it that is kept for Gaussian noise (default: half)
  --enrol FILE.pub       enrols a further reviewer's key
  --two-persons on|off   whether who asked may also approve
  --key FILE             a reviewer's key
  --key-passphrase-file FILE   its passphrase (or the variable NIGHTJAR_KEY_PASSPHRASE)
  --release FILE,…       releases and forests that this ledger must have paid for
  --format table|json    (default table)
${CASE_HELP}`,
  options: {
    ...CASE_OPTIONS,
    limit: { type: 'string' },
    'limit-delta': { type: 'string' },
    'conversion-delta': { type: 'string' },
    enrol: { type: 'string' },
    'two-persons': { type: 'string' },
    key: { type: 'string' },
    'key-passphrase-file': { type: 'string' },
    release: { type: 'string' },
    format: { type: 'string' },
  },
  run: async (values, positionals, terminal) => {
    const json = oneOf(values, 'format', FORMATS) === 'json';
    const [action, ...more] = positionals;
    if (more.length > 0 || (action !== undefined && action !== 'verify')) {
      throw usageError(
        'That is nothing ledger can do.',
        'Write `nightjar ledger --case DIR` or `nightjar ledger verify`.',
      );
    }
    if (action === 'verify') {
      const files = list(values, 'release')?.map(readSignedFile);
      const report = checkCaseLedger(required(values, 'case'), files);
      terminal.out(json ? `${inertJson(report)}\n` : reportLines(report).join('\n'));
      return report.ok ? 0 : 1;
    }
    const change = await changeOf(values, terminal);
    const view = await withCase(values, terminal, async (of) => {
      change?.(of);
      return viewLedger(of);
    });
    terminal.out(json ? `${inertJson(view)}\n` : viewLines(view).join('\n'));
    return 0;
  },
};

/** What the options ask to be entered, one thing at a time; undefined where they only ask to look. */
const changeOf = async (values: OptionValues, terminal: Terminal): Promise<((of: Case) => void) | undefined> => {
  const named = ['limit', 'enrol', 'two-persons'].filter((name) => values[name] !== undefined);
  if (named.length === 0) return undefined;
  if (named.length > 1) throw usageError('Only one thing can be set at a time.', `Give --${named.join(' or --')}.`);
  const key = await openKeyFile(required(values, 'key'), keyPassphrase(values, terminal));
  const epsilon = text(values, 'limit');
  const path = text(values, 'enrol');
  if (epsilon !== undefined) {
    const delta = text(values, 'limit-delta');
    const conversionDelta = text(values, 'conversion-delta');
    return (of) => setLimit(of, { epsilon, delta, conversionDelta }, key);
  }
  if (path !== undefined) {
    const enrolled = readPublicKey(path);
    return (of) => enrolKey(of, enrolled, key);
  }
  const isOn = oneOf(values, 'two-persons', ['on', 'off'] as const) === 'on';
  return (of) => setTwoPersons(of, isOn, key);
};

const viewLines = ({ limit, spent, remaining, keys, requests, twoPersons, entries, hash }: LedgerView): string[] => [
  limit === null
    ? 'No limit is set: nothing can be released.'
    : `Limit      epsilon ${limit.epsilon}, delta ${limit.delta} (${limit.conversionDelta} of it kept for Gaussian noise)`,
  `Spent      ${amount(spent)}`,
  ...(remaining === null ? [] : [`Left       ${amount(remaining)}`]),
  `Approval   ${twoPersons ? 'who asked may not approve' : 'who asked may approve, and the ledger shows it'}`,
  ...keys.map(({ name, fingerprint }) => `Key        ${fingerprint}  ${plain(name)}`),
  ...requests.map(requestLine),
  `${entries} entries, last hash ${hash}`,
  '',
];

const amount = ({ epsilon, delta, rho }: Amount): string =>
  `${epsilon === null ? `no pure epsilon (rho ${rho})` : `epsilon ${epsilon}`}, delta ${delta}`;

const requestLine = ({ id, state, debit, askedAt, asker }: RequestView): string => {
  const cost = debit === null ? 'nothing spent' : amount(debit.cost);
  const by = debit === null ? '' : `, approved by ${plain(debit.approver)}${debit.alone ? ' alone' : ''}`;
  return `Request    ${id.slice(0, 8)}  ${state.padEnd(11)}  ${debit?.at ?? askedAt}  ${cost}  asked by ${plain(asker)}${by}`;
};

const reportLines = ({ ok, entries, hash, faults, notes }: LedgerReport): string[] => [
  ok ? `The ledger is whole: ${entries} entries, last hash ${hash}.` : 'The ledger is broken:',
  ...faults.map((fault) => `  ${plain(fault)}`),
  ...notes.map((note) => plain(note)),
  '',
];
