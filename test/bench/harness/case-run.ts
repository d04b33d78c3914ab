import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runPython } from './python.ts';
import { nightjar, runChild } from './run.ts';

/** What the command line says of a case; only what is used here is read. */
const METRICS = z.object({
  rocAuc: z.number(),
  averagePrecision: z.number(),
  precisionAt: z.object({ positives: z.number(), '50': z.number() }),
});
const EVALUATION = z.object({ n: z.number(), positives: z.number(), detectors: z.record(z.string(), METRICS) });
const REPORT = EVALUATION.extend({ kinds: z.array(EVALUATION.extend({ kind: z.string() })) });
const DETECTED = z.object({
  run: z.object({
    inputs: z.array(z.object({ name: z.string(), rows: z.number(), stored: z.number(), quarantined: z.number() })),
    features: z.array(z.string()),
    backend: z.string().nullable(),
  }),
});
const EXPORTED = z.object({ rows: z.number(), labels: z.array(z.number()), kinds: z.array(z.string()) });
const PEER = z.object({ rocAuc: z.number(), averagePrecision: z.number(), precision: z.number() });
const PEERS = z.array(z.object({ all: PEER, kinds: z.record(z.string(), PEER) }));

export type Report = z.infer<typeof REPORT>;
export type Peer = z.infer<typeof PEERS>[number];
export type Detected = z.infer<typeof DETECTED>['run'];

export type LabelSource = { readonly file: string; readonly actor?: string; readonly label?: string };

const PASSPHRASE = 'benchmark';
const env = { NIGHTJAR_PASSPHRASE: PASSPHRASE };

const json = async (args: readonly string[]): Promise<unknown> => {
  const finished = await nightjar([...args, '--format', 'json'], { env });
  if (finished.code === 0) return JSON.parse(finished.stdout);
  throw new Error(`nightjar ${args[0]} ended with code ${finished.code}:\n${finished.stderr.slice(-1500)}`);
};

/** The run of a `detect` document. */
export const parseDetected = (document: unknown): Detected => DETECTED.parse(document).run;

/** `nightjar detect` into a case, or again over what is in it when there are no files. */
export const detect = async (directory: string, files: readonly string[], args: readonly string[]): Promise<Detected> =>
  parseDetected(await json(['detect', ...files, '--case', directory, '--top', '1', ...args]));

/** `nightjar evaluate` of the case's last run. */
export const evaluate = async (directory: string, labels: LabelSource): Promise<Report> => {
  const columns = [
    ...(labels.actor === undefined ? [] : ['--actor', labels.actor]),
    ...(labels.label === undefined ? [] : ['--label', labels.label]),
  ];
  return REPORT.parse(await json(['evaluate', '--case', directory, '--labels', labels.file, ...columns]));
};

/** scikit-learn's forest on the features of the case's last run, over the same actors and labels. */
export const forestPeer = async (
  directory: string,
  labels: LabelSource,
  features: readonly string[],
  seeds: readonly number[],
): Promise<readonly Peer[]> => {
  const values = join(directory, 'exports', 'features.f64');
  const { file, ...columns } = labels;
  const request = { case: directory, passphrase: PASSPHRASE, labels: file, ...columns, features, values };
  const exported = EXPORTED.parse(await runChild('export-case', request));
  const input = join(directory, 'exports', 'peer.json');
  writeFileSync(input, JSON.stringify({ values, seeds, ...exported }));
  return PEERS.parse(await runPython('forest', { input }));
};

/** Why most of the quarantined records of a case are there; empty where none is. */
export const commonReason = async (directory: string): Promise<string> =>
  z.object({ reason: z.string() }).parse(await runChild('reasons', { case: directory, passphrase: PASSPHRASE })).reason;
