import { NightjarError } from '../api/errors.ts';
import { assemble, requireField, timeWith, type Draft, type FilePlan, type PlanOptions } from './file-plan.ts';
import type { RecordFormat } from './plan.ts';
import type { Preset } from './presets/index.ts';
import type { SniffedFormat } from './sniff/index.ts';
import { utc, type TimeFormat } from './time/index.ts';

/** How a file is read that a preset knows. Errors: `input` where it is of another kind, `usage` for a field that is not there. */
export const planPreset = (preset: Preset, format: SniffedFormat, name: string, options: PlanOptions): FilePlan => {
  const fields = preset.kind === 'json' ? preset.columns : preset.fields;
  refuseWrongKind(preset, format, name);
  const base =
    preset.kind === 'json' ? Object.fromEntries(preset.columns.map((column) => [column, column])) : preset.map;
  const map = {
    ...base,
    ...Object.fromEntries((options.map ?? []).map((rule) => [rule.column, rule.fields.join('+')])),
  };
  const time: TimeFormat = preset.kind === 'json' ? utc('epoch-us') : timeWith(preset.time, options);
  const drafts = Object.entries(map).map(([column, source]): Draft => {
    const sources = source.split('+');
    for (const field of sources) requireField(field, fields, column, name);
    return { column, fields: sources, time: column === 'ts' ? time : undefined };
  });
  const record: RecordFormat = {
    kind: 'preset',
    preset: preset.name,
    byLine: format.kind !== 'json-array',
    ...(options.year === undefined ? {} : { year: options.year }),
    ...(options.timeZone === undefined ? {} : { zone: options.timeZone }),
  };
  const warnings =
    preset.kind === 'lines' && preset.time.kind === 'syslog' && options.year === undefined ? [NO_YEAR] : [];
  return {
    ...assemble(record, fields, drafts, new Set(), options, () => true),
    format: preset.kind === 'json' ? format : { ...format, kind: preset.kind },
    skip: 0,
    sequential: preset.kind === 'lines' && preset.sequential,
    warnings,
  };
};

const NO_YEAR = 'The times in this log carry no year; they are read as being in 2000. Set the year (--year).';

const refuseWrongKind = (preset: Preset, format: SniffedFormat, name: string): void => {
  const json = format.kind === 'json-lines' || format.kind === 'json-array';
  if ((preset.kind === 'json') === json && format.kind !== 'parquet') return;
  throw new NightjarError('input', `This file is no ${preset.title}: it looks like ${format.preset ?? format.kind}.`, {
    where: name,
    next: 'Leave the preset out, or name the one that fits (--preset).',
  });
};
