import { useMemo, useState } from 'react';
import type { InspectedFile } from '../../../core/api/contract.ts';
import { VirtualGrid } from '../../table/index.ts';
import type { GridColumn } from '../../table/index.ts';
import { cx } from '../../ui/index.ts';
import { revealed } from '../../format.ts';
import css from './import.module.css';

type Row = readonly (string | null)[];

const LEAST = 96;
const MOST = 280;
const CHARACTER = 7.3;

// As wide as the values of the first rows, within bounds.
const widthOf = ({ fields, preview }: InspectedFile, at: number): number => {
  const lengths = preview.slice(0, 40).map((row) => (row[at] ?? 'missing').length);
  const longest = Math.max(fields[at]?.field.length ?? 0, ...lengths);
  return Math.round(Math.min(MOST, Math.max(LEAST, longest * CHARACTER + 24)));
};

/** The first rows of a file, with identifiers and texts as their shapes. */
export const PreviewGrid = ({ file }: { readonly file: InspectedFile }) => {
  const [selected, setSelected] = useState(-1);
  const hasMasked = file.fields.some(({ masked }) => masked);
  const columns = useMemo(
    (): readonly GridColumn<Row>[] => [
      { id: '#', header: '#', width: '52px', align: 'end', cell: (_, index) => index + 1 },
      ...file.fields.map((field, at) => ({
        id: `${at}`,
        header: revealed(field.field),
        width: `${widthOf(file, at)}px`,
        cell: (row: Row) => {
          const value = row[at] ?? null;
          if (value === null) return <span className={css.null}>missing</span>;
          return <span className={cx(css.cell, field.masked && css.masked)}>{revealed(value)}</span>;
        },
      })),
    ],
    [file],
  );
  return (
    <div className={css.preview}>
      {hasMasked ? (
        <p className={css.legend}>
          <span className={cx(css.swatch, css.masked)}>aaaa00@aaa.aa</span>
          Hatched cells show the shape of a value, letters as a or A and digits as 0: what may name somebody does not
          reach this screen.
        </p>
      ) : null}
      <VirtualGrid
        className={css.previewGrid ?? ''}
        label={`First rows of ${file.name}`}
        columns={columns}
        rowCount={file.preview.length}
        getRow={(index) => file.preview[index]}
        selectedIndex={selected}
        onSelect={setSelected}
        empty={<p className={css.legend}>There are no rows to show.</p>}
      />
    </div>
  );
};
