import type { FilePlan, PlanOptions } from './file-plan.ts';
import { sampleFile, sniffFile } from './file-sample.ts';
import { planPreset } from './plan-preset.ts';
import { planTable } from './plan-table.ts';
import { presetNamed } from './presets/index.ts';
import type { SniffedFormat } from './sniff/index.ts';

export type { FilePlan, PlanOptions } from './file-plan.ts';

/** Looks at a file and decides how to read it. Errors: `input` (not a log we read, no actor), `usage` (a field that is not there). */
export const planFile = async (path: string, name: string, options: PlanOptions): Promise<FilePlan> => {
  const format = sniffFile(path, name);
  const planned = await planAs(path, name, format, options);
  return format.encoding === 'latin-1' ? { ...planned, warnings: [LATIN_1, ...planned.warnings] } : planned;
};

/** A mapping of what a preset gives changes the preset; one that names other fields of JSON records takes its place. */
export const isWithinPreset = (name: string, { map }: PlanOptions): boolean => {
  const preset = presetNamed(name);
  if (preset.kind !== 'json') return true;
  return (map ?? []).every((rule) => rule.fields.every((field) => preset.columns.includes(field)));
};

const LATIN_1 = 'The file is not UTF-8; it is read as Latin-1 (Windows-1252).';

const planAs = async (path: string, name: string, format: SniffedFormat, options: PlanOptions): Promise<FilePlan> => {
  if (options.preset !== undefined) return planPreset(presetNamed(options.preset), format, name, options);
  const known = format.preset === undefined ? undefined : presetNamed(format.preset);
  if (known && isWithinPreset(known.name, options)) return planPreset(known, format, name, options);
  return planTable(await sampleFile(path, name, format), format, name, options);
};
