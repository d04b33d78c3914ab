import { useState } from 'react';
import type { InspectedFile } from '../../../core/api/contract.ts';
import { count, counted } from '../../format.ts';
import { Chip, ErrorNotice, Notice, Tabs } from '../../ui/index.ts';
import { problemAsError } from '../../problem.ts';
import { ColumnTable } from './column-table.tsx';
import { PreviewGrid } from './preview-grid.tsx';
import { RejectedTable } from './rejected-table.tsx';
import type { Inspection } from './use-inspection.ts';
import css from './import.module.css';

type Panel = 'columns' | 'preview' | 'rejected';

/** How one file would be read: its format, its columns, its first rows, and those that would be rejected. */
export const FileDetail = ({ file, inspection }: { readonly file: InspectedFile; readonly inspection: Inspection }) => {
  const [panel, setPanel] = useState<Panel>('columns');
  return (
    <div className={css.middle}>
      <div className={css.facts}>
        {factsOf(file).map((fact) => (
          <Chip key={fact}>{fact}</Chip>
        ))}
        <span className={css.stale} role="status">
          {inspection.isStale ? 'Reading it again' : ''}
        </span>
      </div>
      {file.problem === null && file.warnings.length === 0 && inspection.error === null ? null : (
        <div className={css.notices}>
          {inspection.error === null ? null : <ErrorNotice error={inspection.error} />}
          {file.problem === null ? null : <ErrorNotice error={problemAsError(file.problem)} />}
          {file.warnings.map((warning) => (
            <Notice key={warning} tone="warn">
              {warning}
            </Notice>
          ))}
        </div>
      )}
      {file.fields.length === 0 ? null : (
        <Tabs<Panel>
          label={`How ${file.name} is read`}
          className={css.tabs ?? ''}
          selected={panel}
          onSelect={setPanel}
          tabs={[
            {
              id: 'columns',
              title: `Columns ${count(file.fields.length)}`,
              panel: <ColumnTable file={file} options={inspection.options} onChange={inspection.setOptions} />,
            },
            { id: 'preview', title: `First rows ${count(file.preview.length)}`, panel: <PreviewGrid file={file} /> },
            { id: 'rejected', title: `Rejected ${count(file.rejectedCount)}`, panel: <RejectedTable file={file} /> },
          ]}
        />
      )}
    </div>
  );
};

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'space',
};

const factsOf = ({ format, estimatedRows, sampled, rejectedCount }: InspectedFile): readonly string[] => {
  if (format === null) return [];
  return [
    format.preset === null ? format.kind : `${format.preset} log`,
    format.compression === 'gzip' ? 'gzip' : null,
    format.encoding,
    format.delimiter === null ? null : `${DELIMITERS[format.delimiter] ?? 'other'} between values`,
    format.hasHeader === false ? 'no header' : null,
    estimatedRows === null ? null : `about ${counted(Math.round(estimatedRows), 'row')}`,
    sampled === 0 ? null : `${count(rejectedCount)} of ${count(sampled)} sampled rows rejected`,
  ].filter((fact) => fact !== null);
};
