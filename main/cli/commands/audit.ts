import { auditRelease, type AuditReport } from '../../../core/api/audit.ts';
import { readQueryFile } from '../../../core/api/release/index.ts';
import { auditTable, SAMPLER_ALARM } from '../audit-table.ts';
import { CASE_HELP, CASE_OPTIONS, integer, oneOf, required, text, usageError, type Command } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson } from '../terminal.ts';
import { QUERY_OPTIONS } from './release-plan.ts';

const FORMATS = ['table', 'json'] as const;

export const audit: Command = {
  name: 'audit',
  usage: `nightjar audit [--case DIR] [--query FILE] --epsilon E [--delta D] [--runs N] [--confidence C] [--format table|json]`,
  sentence: 'Run releases on made-up data many times, and say how much privacy loss their outputs prove.',
  help: `  --epsilon E, --delta D what is claimed
  --query FILE           a query, as for \`release\`; else a count, a mean and, with a delta, a count of unknown keys
  --runs N               releases of each data set of each pair (default: 1000)
  --confidence C         with this probability all bounds of a query are at most the true loss (default: 0.95)
  --format table|json    (default table); JSON holds the curves

With --case, it is checked that the query could be released from this case. No row of it is read, nothing is released and no
budget is spent. The exit code is 1 where a claim is refuted or a sampler fails.
${CASE_HELP}`,
  options: {
    ...CASE_OPTIONS,
    ...QUERY_OPTIONS,
    runs: { type: 'string' },
    confidence: { type: 'string' },
    format: { type: 'string' },
  },
  run: async (values, positionals, terminal) => {
    if (positionals.length > 0) throw usageError('audit takes no file by itself.', 'Give --query FILE.');
    const format = oneOf(values, 'format', FORMATS) ?? 'table';
    const path = text(values, 'query');
    const request = {
      epsilon: required(values, 'epsilon'),
      delta: text(values, 'delta'),
      runs: integer(values, 'runs', 20, 1_000_000) ?? 1000,
      confidence: confidenceOf(text(values, 'confidence')),
      query: path === undefined ? undefined : readQueryFile(path),
    };
    const report: AuditReport =
      text(values, 'case') === undefined
        ? await auditRelease(undefined, request, terminal.watch)
        : await withCase(values, terminal, (from) => auditRelease(from, request, terminal.watch));
    terminal.out(format === 'json' ? `${inertJson(report)}\n` : auditTable(report));
    const isWrong = report.audits.some(
      ({ exceeds, samplers }) => exceeds || samplers.some(({ pValue }) => pValue < SAMPLER_ALARM),
    );
    return isWrong ? 1 : 0;
  },
};

const confidenceOf = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (/^(?:\d*\.)?\d+$/u.test(given) && number > 0.5 && number < 1) return number;
  throw usageError('--confidence takes a number between 0.5 and 1.', 'Example: --confidence 0.95.');
};
