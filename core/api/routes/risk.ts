import type { EngineContext } from '../engine/context.ts';
import { assessCaseRisk, riskColumns } from '../risk.ts';
import { riskReport } from '../contract/risk.ts';
import { base } from './base.ts';

/** Procedures about the risk of being re-identified. */
export const riskRoutes = ({ session, jobs, options }: EngineContext) =>
  base.risk.router({
    columns: base.risk.columns.handler(async () => {
      const { events, features } = await riskColumns(session.require().case);
      return { events: [...events], features: [...features] };
    }),
    assess: base.risk.assess.handler(async ({ input, signal }) => {
      const { case: opened } = session.require();
      jobs.requireIdle();
      const { quasi, sensitive, k, threshold, samplingFraction, measured } = input;
      const report = await assessCaseRisk(
        opened,
        {
          quasi,
          threads: options.threads,
          ...(sensitive === undefined ? {} : { sensitive }),
          ...(k === undefined ? {} : { k }),
          ...(threshold === undefined ? {} : { threshold }),
          ...(samplingFraction === undefined ? {} : { samplingFraction }),
          ...(measured === undefined ? {} : { measured }),
        },
        signal === undefined ? {} : { signal },
      );
      return riskReport.parse(report);
    }),
  });
