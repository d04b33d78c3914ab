import type { DuckDBConnection } from '@duckdb/node-api';
import { numberColumn, readColumns, textColumn } from '../store/index.ts';
import type { ImportedFile } from './imported-file.ts';
import type { InputFile } from './list-inputs.ts';
import { sha256OfFile } from './read/open-source.ts';

/** The import that already holds this very content, or undefined. The file is hashed only where its size is known. */
export const findImported = async (
  connection: DuckDBConnection,
  file: InputFile,
): Promise<ImportedFile | undefined> => {
  const known = await readColumns(
    connection,
    `SELECT sha256, rows_read, stored, quarantined, format FROM imports
     WHERE bytes = $1::BIGINT AND format <> 'entities' ORDER BY ordinal`,
    [file.bytes],
  );
  if (known.rows === 0) return undefined;
  const sha256 = await sha256OfFile(file.path, file.name);
  const row = textColumn(known, 'sha256').indexOf(sha256);
  if (row < 0) return undefined;
  return {
    name: file.name,
    sha256,
    bytes: file.bytes,
    rows: numberColumn(known, 'rows_read')[row] ?? 0,
    stored: numberColumn(known, 'stored')[row] ?? 0,
    quarantined: numberColumn(known, 'quarantined')[row] ?? 0,
    format: textColumn(known, 'format')[row] ?? '',
    reasons: {},
    mapping: {},
    confidence: {},
    warnings: ['The case holds this file already; it was not imported again. To read it another way, use a new case.'],
  };
};
