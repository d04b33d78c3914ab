import { NightjarError } from '../api/errors.ts';
import type { Watch } from '../api/progress.ts';
import type { FeatureTable } from '../table/index.ts';
import { chooseEntityColumns, isCategory, noFeatures, notUsed, type EntityColumns } from './entity-columns.ts';
import { roundedWarning } from './encode/index.ts';
import { levelsOf } from './levels.ts';
import { numbersOf, textOf } from './encoded-values.ts';
import { sampleFile, sniffFile } from './file-sample.ts';
import type { EncodedBlock, Rejection } from './plan.ts';
import { quarantineWarning } from './quarantine-warning.ts';
import type { ParquetNumbers } from './read/parquet.ts';
import { readEntityColumns } from './read-entity-columns.ts';
import { listInputs } from './list-inputs.ts';

export type EntityOptions = {
  /** Column that names each row; without one, rows are called by their number. */
  readonly id?: string;
  /** Columns that are no features. */
  readonly ignore?: readonly string[];
  /** Column that is kept aside as text. */
  readonly label?: string;
  readonly key: Uint8Array;
  readonly threads: number;
};

/** Token, column and raw value of an id. */
export type Identity = readonly [token: string, column: string, raw: string];

export type Entities = {
  readonly table: FeatureTable;
  /** One per row where a label column was asked for. */
  readonly labels: readonly (string | null)[];
  /** Ids met, for the vault; empty where the table names no id. */
  readonly identities: readonly Identity[];
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
  readonly quarantined: number;
  readonly warnings: readonly string[];
};

/**
 * Reads a table with one row per entity: its numeric columns become features, its id a pseudonym, and
 * a text column of few values a category, of which no value is kept: see `levelsOf`.
 * Errors: `input` where it cannot be read or has neither, `usage` for a column that is not there.
 */
export const readEntities = async (path: string, options: EntityOptions, watch: Watch): Promise<Entities> => {
  const [file] = listInputs([path]);
  if (!file) throw new NightjarError('input', 'There is no such file.', { where: path, next: 'Check the path.' });
  const format = sniffFile(file.path, file.name);
  if (format.kind === 'lines' || format.kind === 'mail') {
    throw new NightjarError('input', 'This file is a log, not a table with one row per entity.', {
      where: file.name,
      next: 'Leave --entities out.',
    });
  }
  const sample = await sampleFile(file.path, file.name, format);
  const chosen = chooseEntityColumns(sample, options, file.name);
  const read = await readEntityColumns(file, format, sample.fields, chosen, options, watch);
  const { blocks, rejections, sha256, numbers } = read;
  const rows = read.rows;
  const refused = [...rejections, ...blocks.flatMap((block) => block.rejections)];
  const rejected = refused.length;
  if (rows === 0)
    throw new NightjarError('input', 'The table has no row that can be read.', {
      where: file.name,
      next: 'Check its format.',
    });
  const { names, columns, levels, warnings } = featuresOf(chosen, blocks, numbers, rows, file.name);
  const actors = chosen.id === undefined ? rowNames(rows) : textOf(blocks, 'actor_id').map((id) => id ?? '');
  const repeated = rows - new Set(actors).size;
  if (repeated > 0) warnings.push(`${repeated} rows have the id of a row before: each row is ranked by itself.`);
  return {
    table: {
      actors,
      events: new Float64Array(rows).fill(1),
      names,
      columns,
      ...(levels.some((count) => count > 0) ? { levels } : {}),
    },
    labels: options.label === undefined ? [] : textOf(blocks, 'label'),
    identities: blocks.flatMap((block) => block.identities),
    name: file.name,
    bytes: file.bytes,
    sha256,
    rows: rows + rejected,
    quarantined: rejected,
    warnings: [
      ...chosen.warnings,
      ...quarantineWarning({ rows: rows + rejected, stored: rows, reasons: reasonsOf(refused, chosen.id) }),
      ...warnings,
    ],
  };
};

/** The features of all rows. A category that the whole table shows to be none is left out, and said to be. */
const featuresOf = (
  chosen: EntityColumns,
  blocks: readonly EncodedBlock[],
  numbers: ReadonlyMap<string, ParquetNumbers>,
  rows: number,
  where: string,
): Required<Pick<FeatureTable, 'names' | 'columns' | 'levels'>> & { readonly warnings: string[] } => {
  const warnings: string[] = [];
  const features = chosen.features.flatMap((name, j) => {
    const direct = numbers.get(name);
    if (direct !== undefined) {
      if (direct.rounded > 0) warnings.push(roundedWarning(`"${name}"`, direct.rounded));
      return [{ name, column: direct.values, levels: 0 }];
    }
    if (!chosen.categories.has(name)) {
      const nulled = blocks.reduce((sum, { nulledNumbers }) => sum + (nulledNumbers[`m_${j}`] ?? 0), 0);
      if (nulled > 0) warnings.push(`${nulled} values of "${name}" are no numbers and count as missing.`);
      const rounded = blocks.reduce((sum, { roundedNumbers }) => sum + (roundedNumbers[`m_${j}`] ?? 0), 0);
      if (rounded > 0) warnings.push(roundedWarning(`"${name}"`, rounded));
      return [{ name, column: numbersOf(blocks, rows, `m_${j}`), levels: 0 }];
    }
    const { column, levels, known } = levelsOf(textOf(blocks, `m_${j}`));
    if (isCategory(levels, known)) return [{ name, column, levels }];
    warnings.push(notUsed(name));
    return [];
  });
  if (features.length === 0) throw noFeatures(where);
  return {
    names: features.map(({ name }) => name),
    columns: features.map(({ column }) => column),
    levels: features.map(({ levels }) => levels),
    warnings,
  };
};

/** How often each reason was given; the column of the id is called by its own name. */
const reasonsOf = (refused: readonly Rejection[], id: string | undefined): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const { reason, column } of refused) {
    const said = column === null ? reason : `${column === 'actor_id' ? (id ?? column) : column}: ${reason}`;
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
};

const rowNames = (rows: number): string[] => Array.from({ length: rows }, (_, i) => `row-${i + 1}`);
