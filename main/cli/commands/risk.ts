import { assessCaseRisk, type RiskReport } from '../../../core/api/risk.ts';
import { CASE_HELP, CASE_OPTIONS, integer, list, oneOf, required, text, usageError, type Command } from '../command.ts';
import { threadsOf, withCase } from '../open-for.ts';
import { riskTable } from '../risk-table.ts';
import { inertJson } from '../terminal.ts';

const FORMATS = ['table', 'json'] as const;

export const risk: Command = {
  name: 'risk',
  usage:
    'nightjar risk --case DIR --quasi COL,… [--sensitive COL,…] [--threshold T] [--k N] [--format table|json]\n                     [--sampling-fraction F] [--measure N] [--labels FILE]',
  sentence: 'Say how easily actors can be re-identified by what others may know of them, and what could be done.',
  help: `  --quasi COL,…          what somebody may know of a person: hour, first_day, last_day, events, active_days; an event
                         column (country: the value of most events, country:set all values, device_id:count how many,
                         amount or amount:sum); a feature of the ranking (night_share)
  --sensitive COL,…      what nobody should learn: l-diversity and t-closeness are said for these
  --k N                  actors who must share their values (default: 5)
  --threshold T          highest risk of one actor (default: 0.09)
  --sampling-fraction F  share of the population that the log holds, where you know it: adds journalist risk and
                         uniqueness in the population (default: the log counts as the population)
  --measure N            rank everybody anew for the first N suggestions, to see what they cost (default: 3; 0: none)
  --labels FILE          table of actors and labels for ROC AUC before and after (default: the verdicts of the case)
  --format table|json    (default table)

It prints counts, shares and names of columns: no value of any actor, and no actor. They are exact: they are for people who
may see the case. To let numbers leave, make a release.
${CASE_HELP}`,
  options: {
    ...CASE_OPTIONS,
    quasi: { type: 'string' },
    sensitive: { type: 'string' },
    k: { type: 'string' },
    threshold: { type: 'string' },
    'sampling-fraction': { type: 'string' },
    measure: { type: 'string' },
    labels: { type: 'string' },
    format: { type: 'string' },
  },
  run: async (values, positionals, terminal) => {
    if (positionals.length > 0) throw usageError('risk takes no file by itself.', 'Give --case DIR and --quasi COL,….');
    const format = oneOf(values, 'format', FORMATS) ?? 'table';
    required(values, 'quasi');
    const sensitive = list(values, 'sensitive');
    const k = integer(values, 'k', 2, 1e6);
    const threshold = fraction('threshold');
    const samplingFraction = fraction('sampling-fraction');
    const measured = integer(values, 'measure', 0, 50);
    const labels = text(values, 'labels');
    const report: RiskReport = await withCase(values, terminal, (from) =>
      assessCaseRisk(
        from,
        {
          quasi: list(values, 'quasi') ?? [],
          threads: threadsOf(values),
          ...(sensitive === undefined ? {} : { sensitive }),
          ...(k === undefined ? {} : { k }),
          ...(threshold === undefined ? {} : { threshold }),
          ...(samplingFraction === undefined ? {} : { samplingFraction }),
          ...(measured === undefined ? {} : { measured }),
          ...(labels === undefined ? {} : { labels }),
        },
        terminal.watch,
      ),
    );
    terminal.out(format === 'json' ? `${inertJson(report)}\n` : riskTable(report));
    for (const note of report.notes) terminal.note(note);
    return 0;

    function fraction(name: string): number | undefined {
      const given = text(values, name);
      if (given === undefined) return undefined;
      const number = Number(given);
      if (/^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(given) && number > 0 && number <= 1) return number;
      throw usageError(`--${name} takes a number above 0 and up to 1.`, `Example: --${name} 0.05.`);
    }
  },
};
