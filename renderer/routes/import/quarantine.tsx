import { useCallback, useState } from 'react';
import { api, client, saveExport } from '../../client.ts';
import { count, counted } from '../../format.ts';
import { usePages, VirtualGrid } from '../../table/index.ts';
import type { GridColumn } from '../../table/index.ts';
import { BenignIcon, DownloadIcon } from '../../ui/icons.tsx';
import { Button, Chip, EmptyState, ErrorState, LoadingState, showError, showToast } from '../../ui/index.ts';
import css from './import.module.css';

type Page = Awaited<ReturnType<typeof client.import.quarantine>>;
type QuarantinedRow = Page['rows'][number];

const COLUMNS: readonly GridColumn<QuarantinedRow>[] = [
  { id: 'file', header: 'File', width: 'minmax(140px, 1fr)', cell: (row) => row.file },
  { id: 'line', header: 'Line', width: '90px', align: 'end', cell: (row) => count(row.line) },
  { id: 'column', header: 'Column', width: '140px', cell: (row) => row.column ?? '' },
  { id: 'reason', header: 'Reason', width: 'minmax(240px, 3fr)', cell: (row) => row.reason },
];

/** Rows that could not be read: where they stand and why, page by page. */
export const Quarantine = () => {
  const [selected, setSelected] = useState(-1);
  const queryOf = useCallback(
    (offset: number, limit: number) => api.import.quarantine.queryOptions({ input: { offset, limit } }),
    [],
  );
  const { getRow, onVisibleRange, firstPage, isLoading, error, retry } = usePages<Page, QuarantinedRow>({
    pageSize: 200,
    queryOf,
    rowsOf: ({ rows }) => rows,
  });
  if (error !== null) return <ErrorState error={error} onRetry={retry} />;
  if (isLoading || firstPage === undefined) return <LoadingState label="Reading the quarantine" />;
  if (firstPage.total === 0) {
    return (
      <EmptyState icon={BenignIcon} title="Nothing is in quarantine.">
        Every row that was read is stored.
      </EmptyState>
    );
  }
  return (
    <div className={css.quarantine}>
      <div className={css.reasons}>
        {firstPage.reasons.map(({ reason, count: rows }) => (
          <Chip key={reason}>
            {reason}: {count(rows)}
          </Chip>
        ))}
        <span className={css.end}>
          <Button icon={DownloadIcon} onPress={() => void save()}>
            Save {counted(firstPage.total, 'row')} as CSV
          </Button>
        </span>
      </div>
      <VirtualGrid
        className={css.previewGrid ?? ''}
        label="Quarantined rows"
        columns={COLUMNS}
        rowCount={firstPage.total}
        getRow={getRow}
        onVisibleRange={onVisibleRange}
        selectedIndex={selected}
        onSelect={setSelected}
      />
    </div>
  );
};

const save = async (): Promise<void> => {
  try {
    const rows = await saveExport('quarantine.csv', (place) => client.import.quarantineCsv(place));
    if (rows !== null) showToast({ text: `${counted(rows, 'row')} saved.` });
  } catch (error) {
    showError(error);
  }
};
