import type { RiskReportData } from '../contract/risk.ts';
import type { EngineContext } from '../engine/context.ts';
import { riskJob } from '../risk/job.ts';
import { riskColumns } from '../risk.ts';
import { base } from './base.ts';

/** Procedures about the risk of being re-identified. */
export const riskRoutes = ({ session, jobs, options }: EngineContext) => {
  let assessed: { readonly job: string; readonly caseId: string; readonly report: RiskReportData } | null = null;
  return base.risk.router({
    columns: base.risk.columns.handler(async () => {
      const { events, features } = await riskColumns(session.require().case);
      return { events: [...events], features: [...features] };
    }),
    assess: base.risk.assess.handler(({ input }) => {
      const { case: opened } = session.require();
      const { quasi, sensitive, k, threshold, samplingFraction, measured } = input;
      const request = {
        quasi,
        threads: options.threads,
        ...(sensitive === undefined ? {} : { sensitive }),
        ...(k === undefined ? {} : { k }),
        ...(threshold === undefined ? {} : { threshold }),
        ...(samplingFraction === undefined ? {} : { samplingFraction }),
        ...(measured === undefined ? {} : { measured }),
      };
      const job = jobs.start(
        'risk',
        'Assess re-identification risk',
        riskJob(opened, request, (report) => {
          assessed = { job, caseId: opened.id, report };
        }),
      );
      return { job };
    }),
    lastAssessed: base.risk.lastAssessed.handler(() => {
      if (assessed === null || assessed.caseId !== session.current()?.case.id) return null;
      return { job: assessed.job, report: assessed.report };
    }),
  });
};
