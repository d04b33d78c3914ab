import type { InspectedFile } from '../../../core/api/contract.ts';
import { count } from '../../format.ts';
import { BenignIcon } from '../../ui/icons.tsx';
import { EmptyState } from '../../ui/index.ts';
import css from './import.module.css';

/** Sampled rows that would go to quarantine, with why. */
export const RejectedTable = ({ file }: { readonly file: InspectedFile }) =>
  file.rejected.length === 0 ? (
    <EmptyState icon={BenignIcon} title="Every sampled row can be read.">
      Rows further on that cannot be read go to quarantine with their line and the reason; none is lost silently.
    </EmptyState>
  ) : (
    <div className={css.scroll}>
      <table aria-label="Rejected rows" className={css.table}>
        <thead>
          <tr>
            <th className={css.number} style={{ width: 90 }}>
              Line
            </th>
            <th style={{ width: 180 }}>Column</th>
            <th>Why it would go to quarantine</th>
          </tr>
        </thead>
        <tbody>
          {file.rejected.map((row) => (
            <tr key={`${row.line}:${row.reason}`}>
              <td className={css.number}>{count(row.line)}</td>
              <td>{row.column ?? ''}</td>
              <td>{row.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
