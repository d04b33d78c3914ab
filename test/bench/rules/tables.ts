import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readTable } from '../../../core/ingest/index.ts';
import { featureDictionary } from '../../../core/features/index.ts';
import type { InduceFeature } from '../../../core/rules/induce/index.ts';
import { detect, type LabelSource } from '../harness/case-run.ts';
import { ROOT } from '../harness/options.ts';
import { runChild } from '../harness/run.ts';

/** Actors with features, labels, and where the log has times the median time of each. */
export type LabelledActors = {
  readonly name: string;
  readonly infos: readonly InduceFeature[];
  readonly columns: readonly Float64Array[];
  readonly labels: Int8Array;
  readonly times?: Float64Array;
};

type Log = {
  readonly name: string;
  readonly files: readonly string[];
  readonly args: readonly string[];
  readonly labels: LabelSource;
};

const WORSE = new Map(featureDictionary().map(({ name, worse }) => [name, worse]));
const PASSPHRASE = 'benchmark'; // that of the harness

const infoOf = (name: string): InduceFeature => ({ name, unit: '', sentence: name, worse: WORSE.get(name) ?? 'both' });

/** The sample's log, mails and payments, through import and features as users have them; fake accounts as a table. */
export const labelledActors = async (logs: string, folder: string): Promise<readonly LabelledActors[]> => {
  const tables: LabelledActors[] = [];
  for (const [i, log] of logsOf(logs).entries()) {
    if (log.files.every(existsSync)) tables.push(await fromLog(log, join(folder, `case-${i}`)));
  }
  const stars = join(logs, 'social_starscout');
  return existsSync(stars) ? [...tables, await fromCounts(stars)] : tables;
};

const logsOf = (logs: string): readonly Log[] => {
  const mails = join(logs, 'mail_spamassassin/messages.pseudonymised.csv.gz');
  return [
    {
      name: 'sample',
      files: [join(ROOT, 'samples/platform.csv.gz')],
      args: [],
      labels: { file: join(ROOT, 'samples/platform.labels.csv') },
    },
    {
      name: 'mail_spamassassin',
      files: [mails],
      args: ['--map', 'actor_id=from_domain', '--min-events', '3'],
      labels: { file: mails, actor: 'from_domain', label: 'label' },
    },
    ...['20K_fanin200', '20K_cycle200', '20K_fanin200cycle200'].map((variant) => ({
      name: `payments_amlsim ${variant}`,
      files: [join(logs, `payments_amlsim/${variant}__transactions.csv.gz`)],
      args: ['--map', 'ts=time,actor_id=sourceNodeId,object_id=targetNodeId,amount=value'],
      labels: { file: join(logs, `payments_amlsim/${variant}__nodes.csv.gz`), actor: 'nodeid', label: 'isFraud' },
    })),
  ];
};

const fromLog = async ({ name, files, args, labels }: Log, directory: string): Promise<LabelledActors> => {
  const { features } = await detect(directory, files, ['--detectors', 'isolationForest', '--seed', '1', ...args]);
  const values = join(directory, 'exports', 'rules.f64');
  const { file, ...columns } = labels;
  const request = { case: directory, passphrase: PASSPHRASE, labels: file, ...columns, features, values };
  const { rows } = z.object({ rows: z.number() }).parse(await runChild('rules-table', request));
  const bytes = readFileSync(values);
  const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const columnAt = (j: number): Float64Array => all.slice(j * rows, (j + 1) * rows);
  return {
    name,
    infos: features.map(infoOf),
    columns: features.map((_, j) => columnAt(j)),
    times: columnAt(features.length),
    labels: Int8Array.from(columnAt(features.length + 1)),
  };
};

/** Counts of what accounts did, those that gave fake stars labelled 1. */
const fromCounts = async (folder: string): Promise<LabelledActors> => {
  const parts = await Promise.all(
    ['fake_actor_events', 'sample_actor_events'].map(async (part) => {
      const path = join(folder, `${part}.pseudonymised.csv.gz`);
      return readTable(path, basename(path));
    }),
  );
  const names = (parts[0]?.header ?? []).filter((name) => name !== 'actor');
  const rows = parts.map((part) => part.rows.length);
  return {
    name: 'social_starscout',
    infos: names.map(infoOf),
    columns: names.map((name) =>
      Float64Array.from(parts.flatMap((part) => part.rows.map((row) => Number(row[part.header.indexOf(name)])))),
    ),
    labels: Int8Array.from([...Array<number>(rows[0] ?? 0).fill(1), ...Array<number>(rows[1] ?? 0).fill(0)]),
  };
};
