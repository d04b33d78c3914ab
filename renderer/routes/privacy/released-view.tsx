import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { ReleasedTable } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { count, counted } from '../../format.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { drawReleasedPoints, tableOfReleasedPoints } from '../../plots/released-points.ts';
import { ErrorNotice, LoadingState } from '../../ui/index.ts';
import { released } from './amounts.ts';
import { ExportButtons } from './export-buttons.tsx';
import { Sentences } from './part.tsx';
import css from './privacy.module.css';

/** The answer of a request: its table with intervals, and ways to take it along. */
export const ReleasedView = ({ request }: { readonly request: string }) => {
  const { data, error } = useQuery(api.privacy.released.queryOptions({ input: { request } }));
  if (error !== null) return <ErrorNotice error={error} />;
  if (data === undefined) return <LoadingState label="Reading the release" />;
  return (
    <section className={css.section} aria-labelledby="released">
      <div className={css.detailHead}>
        <h2 id="released">Released</h2>
        <ExportButtons request={request} formats={['json', 'csv']} unit="group" />
      </div>
      <ReleasedNumbers table={data} />
    </section>
  );
};

const MOST_POINTS = 40;

/** A released table: numbers with noise on them, and the intervals that tell how far off they may be. */
export const ReleasedNumbers = ({ table }: { readonly table: ReleasedTable }) => {
  const points = useMemo(
    () =>
      table.rows.slice(0, MOST_POINTS).flatMap(({ keys, values: [first] }) =>
        first === undefined || first.value === null || first.low === null || first.high === null
          ? []
          : [
              {
                group: keys.length === 0 ? 'all' : keys.join(' · '),
                value: first.value,
                low: first.low,
                high: first.high,
              },
            ],
      ),
    [table],
  );
  const level = `${Number((100 * table.level).toFixed(4))} %`;
  const name = table.columns[0] ?? 'value';
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawReleasedPoints(points, { width, name }),
    [points, name],
  );
  return (
    <>
      {points.length < 2 ? null : (
        <Figure
          title={`Released ${name} of each group, with ${level} intervals`}
          aside={table.groups > points.length ? `the first ${points.length} of ${count(table.groups)}` : ''}
          twin={() => tableOfReleasedPoints(points, name)}
        >
          <Chart draw={draw} height={44 + 20 * points.length} />
        </Figure>
      )}
      <div className={css.scrollX}>
        <table aria-label="Released numbers" className={css.table}>
          <thead>
            <tr>
              {table.keys.map((key) => (
                <th key={key}>{key}</th>
              ))}
              {table.columns.flatMap((column) => [
                <th key={column} className={css.number}>
                  {column}
                </th>,
                <th key={`${column} interval`} className={css.number}>
                  {level} interval
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ keys, values }, row) => (
              <tr key={`${row}`}>
                {keys.map((key, i) => (
                  <td key={table.keys[i]}>{key === '' ? <span className={css.muted}>(empty)</span> : key}</td>
                ))}
                {values.flatMap(({ value, low, high }, i) => [
                  value === null ? (
                    <td key={`${i}`} className={css.hatched}>
                      no number
                    </td>
                  ) : (
                    <td key={`${i}`} className={css.number}>
                      {released(value)}
                    </td>
                  ),
                  <td key={`${i} interval`} className={css.number}>
                    {low === null || high === null ? '' : `${released(low)} to ${released(high)}`}
                  </td>,
                ])}
              </tr>
            ))}
            {table.hasUnknownKeys ? (
              <tr>
                <td className={css.hatched} colSpan={table.keys.length + 2 * table.columns.length}>
                  every other group: not shown, and how many there are is not told
                </td>
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
      {table.groups > table.rows.length ? (
        <p className={css.muted}>
          {count(table.rows.length)} of {counted(table.groups, 'group')} are shown; the exported files hold all.
        </p>
      ) : null}
      <details className={css.more}>
        <summary>What these numbers mean</summary>
        <Sentences of={table.statements} />
      </details>
    </>
  );
};
