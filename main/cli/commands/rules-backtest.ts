import { backtestReport } from '../../../core/api/contract/rules-findings.ts';
import { backtestRules } from '../../../core/api/rules/index.ts';
import { integer, list, oneOf, text, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import { backtestTable } from '../rules-table.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { FORMATS, readRules, requiredRules } from './rules-files.ts';

/** `nightjar rules backtest`: what rules would have done in a case. */
export const backtest = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const isJson = oneOf(values, 'format', FORMATS) === 'json';
  const { rules } = requiredRules(values);
  const against = text(values, 'against');
  const target = text(values, 'as');
  const by = list(values, 'by');
  const labels = text(values, 'labels');
  const seed = integer(values, 'seed', 0, 2 ** 53 - 1);
  const request = {
    rules,
    ...(against === undefined ? {} : { against: readRules(against).rules }),
    ...(target === undefined ? {} : { target }),
    ...(by === undefined ? {} : { by }),
    ...(labels === undefined ? {} : { labels }),
    ...(seed === undefined ? {} : { seed }),
  };
  const found = await withCase(values, terminal, (opened) => backtestRules(opened, request, terminal.watch));
  const report = backtestReport.parse(found);
  terminal.out(isJson ? `${inertJson(report)}\n` : backtestTable(report));
  for (const note of report.notes) terminal.note(plain(note));
  return 0;
};
