import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cloudtrail } from '../../../core/ingest/presets/cloudtrail.ts';
import { isReject } from '../../../core/ingest/presets/schema.ts';
import { mustRun } from '../harness/run.ts';

export type CloudEvent = Readonly<Record<string, string | number | null>>;

/** CloudTrail events as the preset maps them, each with the technique or detonation that caused it; null: none. */
export type CloudLog = {
  readonly name: string;
  readonly events: readonly CloudEvent[];
  readonly causes: readonly (string | null)[];
};

/** One file per technique; every event was caused by it. */
export const stratusLog = async (logs: string, folder: string): Promise<CloudLog> => {
  const unpacked = join(folder, 'stratus');
  await mustRun('python3', ['-m', 'tarfile', '-e', join(logs, 'cloud_stratus/detonation-logs.tar.gz'), unpacked]);
  const pairs = readdirSync(unpacked)
    .sort()
    .flatMap((file) => {
      const records: unknown = JSON.parse(readFileSync(join(unpacked, file), 'utf8'));
      return (Array.isArray(records) ? records : []).map((record: unknown) => ({
        record,
        cause: file.replace(/^aws\.|\.json$/g, ''),
      }));
    });
  return logOf('cloud_stratus', pairs);
};

/** One account over some days, in which detonations name themselves in the user agent or the role: cause `detonation`. */
export const invictusLog = (logs: string): CloudLog => {
  const lines = gunzipSync(readFileSync(join(logs, 'cloud_invictus/cloudtrail.ndjson.gz')))
    .toString('utf8')
    .split('\n');
  const pairs = lines
    .filter((line) => line !== '')
    .map((line) => {
      const record: unknown = JSON.parse(line);
      const isDetonation = /assumed-role\/stratus-red-team-|"stratus-red-team_[0-9a-f-]{36}/.test(line);
      return { record, cause: isDetonation ? 'detonation' : null };
    });
  return logOf('cloud_invictus', pairs);
};

const logOf = (
  name: string,
  pairs: readonly { readonly record: unknown; readonly cause: string | null }[],
): CloudLog => {
  const read = pairs.flatMap(({ record, cause }) => {
    const values = cloudtrail.derive(record);
    if (isReject(values) || Array.isArray(values)) return [];
    const { ts, ...others } = values;
    if (typeof ts !== 'number') return [];
    const iso = new Date(ts / 1000).toISOString().replace('Z', '000Z');
    return [{ event: { ...others, ts: iso }, cause }];
  });
  return { name, events: read.map(({ event }) => event), causes: read.map(({ cause }) => cause) };
};
