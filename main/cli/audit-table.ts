import type { AuditReport, QueryAudit } from '../../core/api/audit.ts';
import { inertJson, plain } from './terminal.ts';

/** Below this a test of a sampler counts as failed: one false alarm in 100,000 tests. */
export const SAMPLER_ALARM = 1e-5;

/** An audit as text. */
export const auditTable = (report: AuditReport): string =>
  [...report.audits.flatMap(queryLines), ...report.statements.map((each) => plain(each)), ''].join('\n');

const queryLines = (audit: QueryAudit): string[] => {
  const { query, claimed, delta, confidence, lowerBound, exceeds, pairs, oneRun, samplers, runs, elapsedMs } = audit;
  const letter = audit.of === 'epsilon' ? 'epsilon' : 'rho';
  return [
    inertJson(query),
    `  claimed ${letter} ${claimed}${delta > 0 ? `, delta ${delta}` : ''}; proven at ${100 * confidence} % confidence: ${letter} ≥ ${lowerBound.toFixed(3)}${exceeds ? '  THE CLAIM IS REFUTED' : ''}`,
    `  ${runs} releases of each data set, ${audit.from === 'import' ? 'from imported log files' : 'from columns'}, ${(elapsedMs / 1000).toFixed(1)} s`,
    '',
    `  ${pad('pair of data sets')}${right(`${letter} ≥`)}${right('seen with')}${right('without')}  event`,
    ...pairs.map((pair) => {
      const shown = pair.lowerBound > 0 ? `${plain(pair.score)} ≥ ${Number(pair.threshold.toPrecision(6))}` : '–';
      return `  ${pad(pair.name)}${right(pair.lowerBound.toFixed(3))}${right(`${pair.withActor}/${pair.runs}`)}${right(`${pair.without}/${pair.runs}`)}  ${shown}`;
    }),
    oneRun === undefined
      ? `  ${pad('one run, many canaries')}${right('–')}  not for this measure`
      : `  ${pad('one run, many canaries')}${right(oneRun.lowerBound.toFixed(3))}  ${oneRun.canaries} canaries; ${oneRun.curve.map(({ made, right: hits }) => `${hits}/${made}`).join(', ')} guessed right`,
    '',
    `  ${pad('sampler', 46)}${right('p-value')}`,
    ...samplers.map(
      ({ noise, pValue }) =>
        `  ${pad(plain(noise), 46)}${right(pValue.toPrecision(3))}${pValue < SAMPLER_ALARM ? '  NOT THE EXACT DISTRIBUTION' : ''}`,
    ),
    '',
  ];
};

const pad = (text: string, width = 24): string => text.padEnd(width);
const right = (text: string): string => ` ${text.padStart(12)}`;
