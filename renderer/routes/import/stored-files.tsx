import { useQuery } from '@tanstack/react-query';
import { api } from '../../client.ts';
import { bytes, count, localTime } from '../../format.ts';
import { FileIcon } from '../../ui/icons.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/index.ts';
import css from './import.module.css';

/** Files that the open case was made of. */
export const StoredFiles = () => {
  const { data, error, refetch } = useQuery(api.import.files.queryOptions());
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState label="Reading the list of files" />;
  if (data.length === 0) {
    return (
      <EmptyState icon={FileIcon} title="This case holds no files yet.">
        Drop some, or choose them above.
      </EmptyState>
    );
  }
  return (
    <div className={css.scroll}>
      <table aria-label="Files of the case" className={css.table}>
        <thead>
          <tr>
            <th>File</th>
            <th>Format</th>
            <th className={css.number}>Size</th>
            <th className={css.number}>Read</th>
            <th className={css.number}>Stored</th>
            <th className={css.number}>Quarantined</th>
            <th>Imported</th>
            <th>SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {data.map((file) => (
            <tr key={file.sha256}>
              <td title={file.warnings.join('\n')}>{file.name}</td>
              <td>{file.format}</td>
              <td className={css.number}>{bytes(file.bytes)}</td>
              <td className={css.number}>{count(file.rows)}</td>
              <td className={css.number}>{count(file.stored)}</td>
              <td className={css.number}>{count(file.quarantined)}</td>
              <td>{localTime(file.importedAt)}</td>
              <td>
                <code title={file.sha256}>{file.sha256.slice(0, 12)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
