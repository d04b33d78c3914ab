import type { ReactNode } from 'react';
import styles from './plots.module.css';
import { revealed } from '../format.ts';
import type { TwinTable as Table } from './twin.ts';

const MOST_ROWS = 500;

/** The numbers of a plot, as a table. */
export const TwinTable = ({ table }: { readonly table: Table }): ReactNode => (
  <div className={styles.twin} tabIndex={0} role="region" aria-label={table.caption}>
    <table>
      <caption>{table.caption}</caption>
      <thead>
        <tr>
          {table.columns.map((column) => (
            <th key={column.label} scope="col" className={column.isNumber ? styles.number : undefined}>
              {revealed(column.label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.slice(0, MOST_ROWS).map((row, i) => (
          <tr key={i}>
            {row.map((cell, at) => (
              <td key={at} className={table.columns[at]?.isNumber ? styles.number : undefined}>
                {revealed(cell)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    {table.rows.length > MOST_ROWS && (
      <p>
        The first {MOST_ROWS} rows of {table.rows.length}.
      </p>
    )}
    {table.rows.length === 0 && <p>Nothing to show.</p>}
  </div>
);
