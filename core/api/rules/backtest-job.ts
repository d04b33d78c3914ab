import { backtestReport, type BacktestReport } from '../contract/rules-findings.ts';
import type { JobWork } from '../engine/jobs.ts';
import type { OpenCase } from '../engine/open-case.ts';
import { backtestOver, type BacktestRequest } from './backtest-rules.ts';

/** Backtests rules as `backtestRules` does, and hands the report to `onReport` where it ran to its end. */
export const backtestJob =
  (
    { case: opened, readers }: Pick<OpenCase, 'case' | 'readers'>,
    request: BacktestRequest,
    onReport: (report: BacktestReport) => void,
  ): JobWork =>
  async (watch, keep) => {
    keep('Nothing was found out. The case is as before.');
    const report = backtestReport.parse(await backtestOver(opened, readers, request, watch));
    onReport(report);
    const { rules, together } = report;
    const many = rules.length === 1 ? 'The rule hits' : `The ${rules.length} rules hit`;
    return { summary: `${many} ${together.actors} of ${report.actors} actors.`, warnings: [...report.notes] };
  };
