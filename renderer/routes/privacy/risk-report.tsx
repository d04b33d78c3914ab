import type { RiskReportData } from '../../../core/api/contract.ts';
import { Notice } from '../../ui/index.ts';
import { Part } from './part.tsx';
import { RiskColumns, RiskSensitive } from './risk-columns.tsx';
import { RiskFigures } from './risk-figures.tsx';
import { RiskGroupSizes } from './risk-group-sizes.tsx';
import { RiskSuggestions } from './risk-suggestions.tsx';

/** Counts, shares and names of columns; no value and nobody. */
export const RiskReport = ({ report }: { readonly report: RiskReportData }) => (
  <>
    {report.notes.map((note) => (
      <Notice key={note} tone="info">
        {note}
      </Notice>
    ))}
    <Part title="Before and after">
      <RiskFigures report={report} />
    </Part>
    <Part title="Groups that look the same, by size">
      <RiskGroupSizes report={report} />
    </Part>
    <Part title="Columns that single people out">
      <RiskColumns report={report} />
    </Part>
    {report.sensitive.length === 0 ? null : (
      <Part title="What a group gives away">
        <RiskSensitive report={report} />
      </Part>
    )}
    <Part title="What would help, and what it costs">
      <RiskSuggestions report={report} />
    </Part>
  </>
);
