import { z } from 'zod';
import { listImports, listQuarantine, type Readers } from '../../store/index.ts';
import { csvText } from '../csv.ts';
import { pageWords } from '../engine/page-words.ts';

const mappingShape = z.record(z.string(), z.string()).catch({});
const sentences = z.array(z.string()).catch([]);

/** What became of the files imported so far. */
export const importedFiles = async (readers: Readers, signal?: AbortSignal) =>
  (await readers.read(listImports, signal)).map((file) => ({
    ...file,
    mapping: mappingShape.parse(JSON.parse(file.mapping)),
    warnings: sentences.parse(JSON.parse(file.warnings)).map(pageWords),
  }));

/** All of the quarantine as CSV. */
export const quarantineText = async (
  readers: Readers,
  signal?: AbortSignal,
): Promise<{ rows: number; text: string }> => {
  const { rows } = await readers.read((connection) => listQuarantine(connection), signal);
  const cells = rows.map(({ file, line, column, reason }) => [file, line, column, reason]);
  return { rows: rows.length, text: csvText(['file', 'line', 'column', 'reason'], cells) };
};
