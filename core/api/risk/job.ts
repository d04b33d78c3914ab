import type { Case } from '../../store/index.ts';
import { riskReport, type RiskReportData } from '../contract/risk.ts';
import type { JobWork } from '../engine/jobs.ts';
import { assessCaseRisk, type RiskRequest } from '../risk.ts';

/** Assesses the risk as `assessCaseRisk` does, and hands its report to `onReport` where it ran to its end. */
export const riskJob =
  (from: Case, request: RiskRequest, onReport: (report: RiskReportData) => void): JobWork =>
  async (watch, keep) => {
    keep('Nothing was found out. The case is as before; its journal says that an assessment was begun.');
    const report = riskReport.parse(await assessCaseRisk(from, request, watch));
    onReport(report);
    const { smallest, classes, actors } = report.kAnonymity;
    return {
      summary: `Assessed ${actors} actors in ${classes} groups that look the same; the smallest has ${smallest}.`,
      warnings: [],
    };
  };
