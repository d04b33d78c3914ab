export { approveCoverage } from './approve.ts';
export { askCoverage, askCoverageQuery, COVERAGE_STATEMENTS, type CoverageAsked } from './ask.ts';
export { coverageMetrics } from './metrics.ts';
export { coverageQuery, isCoverageJson } from './question.ts';
