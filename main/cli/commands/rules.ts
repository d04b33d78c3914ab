import { CASE_HELP, CASE_OPTIONS, usageError, type Command, type OptionValues } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { backtest } from './rules-backtest.ts';
import { checkFile } from './rules-check.ts';
import { diff } from './rules-diff.ts';
import { exportFiles } from './rules-export.ts';
import { induce } from './rules-induce.ts';
import { RULES_RUN_HELP, RULES_RUN_OPTIONS, RULES_RUN_USAGE, runOverEvents } from './rules-run.ts';
import { RELEASE_OPTIONS, RELEASE_USAGE, releaseCoverage } from './rules-release.ts';

type Action = (values: OptionValues, files: readonly string[], terminal: Terminal) => Promise<number>;

/** What the word after `rules` does. */
const ACTIONS: Readonly<Record<string, Action>> = {
  induce: (values, files, terminal) => withoutFiles(files, () => induce(values, terminal)),
  check: checkFile,
  backtest: (values, files, terminal) => withoutFiles(files, () => backtest(values, terminal)),
  run: runOverEvents,
  export: (values, files, terminal) => withoutFiles(files, () => exportFiles(values, terminal)),
  diff,
  release: (values, files, terminal) => withoutFiles(files, () => releaseCoverage(values, terminal)),
};

const withoutFiles = (files: readonly string[], work: () => Promise<number>): Promise<number> => {
  if (files.length === 0) return work();
  throw usageError(
    'That takes no file by itself.',
    'Name it behind an option: --rules FILE, --labels FILE, --out FILE.',
  );
};

export const rules: Command = {
  name: 'rules',
  usage: `nightjar rules induce --case DIR [--labels FILE | --actor TOKEN … | --top N] --out FILE [--to TARGET] [--seed N]
                             [--author NAME]
       nightjar rules check FILE [--case DIR]
       nightjar rules backtest --case DIR --rules FILE [--labels FILE] [--against FILE] [--as TARGET] [--by COL,…]
       ${RULES_RUN_USAGE}
       nightjar rules export --rules FILE --to TARGET --out DIR [--case DIR] [--table NAME] [--features-table NAME]
                             [--map COL=NAME,…] [--released FILE]
       nightjar rules diff FILE FILE [--case DIR]
       ${RELEASE_USAGE}`,
  sentence: 'Find, check, backtest and export rules that another system runs.',
  help: `A FILE of rules holds their text form, or their JSON form (docs/rules.md tells both). Numbers that are printed here are exact:
they are for people who may see the case.

  --rules FILE           rules
  --labels FILE          table of actors and labels (0/1, spam/ham, …); default: the verdicts of the case
  --actor TOKEN          induce: a rule that describes this actor; more of them: --actor A --actor B
  --top N                induce: the first N of the ranking
  --out FILE, --out DIR  induce: where the rules go (JSON for a name that ends in .json); export: a folder
  --author NAME          induce: who is named in the rules
  --seed N               induce, backtest: for what is drawn (default: 1)
  --against FILE         backtest: rules to compare with, by their names
  --as TARGET            backtest: also as this target would run them
  --by COL,…             backtest: columns of subgroups (default: country and the log's own categories)
  --to TARGET            export: sigma, sigma:splunk, sigma:esql, osprey, sql:duckdb, sql:postgres, sql:spark, …;
                         induce: only rules that this target can say
  --table NAME           export: table or source of the events there (default: events)
  --features-table NAME  export: table of the features there (default: features)
  --map COL=NAME,…       export: what our columns are called there
  --released FILE        export: what \`rules release\` wrote of the rule, for its card
  --epsilon E, --delta D, --purpose TEXT, --request ID, --key FILE, --key-passphrase-file FILE   release: as for
                         \`nightjar release\`: how many actors the rule hits, by verdict, with noise and paid for
  --format table|json    (default table)
${RULES_RUN_HELP}

check ends with 1 where a rule has an error. export writes nothing, and ends with 1, while a rule gives something away or the
target cannot say it.
${CASE_HELP}`,
  isOpenEnded: ([action, ...rest]) => action === 'run' && (rest.includes('-') || rest.includes('--follow')),
  options: {
    ...CASE_OPTIONS,
    ...RULES_RUN_OPTIONS,
    rules: { type: 'string' },
    labels: { type: 'string' },
    actor: { type: 'string', multiple: true },
    top: { type: 'string' },
    out: { type: 'string' },
    author: { type: 'string' },
    seed: { type: 'string' },
    against: { type: 'string' },
    as: { type: 'string' },
    by: { type: 'string' },
    to: { type: 'string' },
    table: { type: 'string' },
    'features-table': { type: 'string' },
    map: { type: 'string' },
    released: { type: 'string' },
    ...RELEASE_OPTIONS,
    format: { type: 'string' },
  },
  run: async (values, positionals, terminal) => {
    const [action, ...files] = positionals;
    const chosen = action !== undefined && Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (chosen !== undefined) return chosen(values, files, terminal);
    throw usageError('That is nothing rules can do.', `Write rules with one of: ${Object.keys(ACTIONS).join(', ')}.`);
  },
};
