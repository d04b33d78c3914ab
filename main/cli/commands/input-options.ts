import { readFileSync } from 'node:fs';
import { NightjarError, parseMapOption, parsePolicy, PRESETS } from '../../../core/index.ts';
import { integer, text, type OptionValues } from '../command.ts';

/** Options that say how logs are to be read. */
export const INPUT_OPTIONS = {
  preset: { type: 'string' },
  map: { type: 'string', multiple: true },
  policy: { type: 'string' },
  'time-zone': { type: 'string' },
  year: { type: 'string' },
} as const;

export const INPUT_HELP = `  FILE…                  logs: CSV, TSV, JSON, NDJSON, Parquet, gzip of these, mbox, .eml, or folders of them
  --preset NAME          ${PRESETS.map((preset) => preset.name).join(', ')} (default: by content)
  --map COL=FIELD,…      event column = source field, such as ts=time,actor_id=user; FIELD+FIELD joins
  --policy FILE          JSON: what happens to each column, such as {"user_agent": "drop"}
  --time-zone ZONE       of times that carry none, such as Europe/Berlin or +02:00 (default UTC)
  --year N               of times that carry none`;

/** How logs are to be read, from the options. Errors: `usage`. */
export const planOptions = (values: OptionValues) => {
  const maps = values['map'];
  const map = Array.isArray(maps) ? parseMapOption(maps.join(',')) : undefined;
  const policyPath = text(values, 'policy');
  const timeZone = text(values, 'time-zone');
  const year = integer(values, 'year', 1970, 2200);
  const preset = text(values, 'preset');
  return {
    ...(preset === undefined ? {} : { preset }),
    ...(map === undefined ? {} : { map }),
    ...(policyPath === undefined ? {} : { policy: parsePolicy(readPolicy(policyPath), policyPath) }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(year === undefined ? {} : { year }),
  };
};

const readPolicy = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new NightjarError(
      'input',
      'The policy file cannot be read.',
      { where: path, next: 'Check its path.' },
      error,
    );
  }
};
