import type { JsonValue } from '../../release/keys/index.ts';
import type { Case } from '../../store/index.ts';
import { auditRelease } from '../audit.ts';
import { auditView, type AuditView } from '../contract/privacy.ts';
import type { JobWork } from '../engine/jobs.ts';

type Asked = {
  readonly query?: JsonValue | undefined;
  readonly epsilon: string;
  readonly delta: string;
  readonly runs: number;
};

/** Audits the release path as `auditRelease` does, and hands its report to `onReport` where it ran to its end. */
export const auditJob =
  (from: Pick<Case, 'connect'> | undefined, asked: Asked, onReport: (report: AuditView) => void): JobWork =>
  async (watch, keep) => {
    keep('An audit that did not run to its end proves nothing. No budget is spent by one.');
    const report = auditView.parse(await auditRelease(from, asked, watch));
    onReport(report);
    const { exceeds, audits } = report;
    const confidence = Math.round(100 * (audits[0]?.confidence ?? 0));
    return {
      summary: exceeds
        ? 'A claim is refuted: a release gives away more than it says.'
        : `No claim is refuted, at ${confidence} % confidence.`,
      warnings: [],
    };
  };
