import { join } from 'node:path';
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { createTemporaryCase, detectFiles, evaluateCase, type Case, type RankedActor } from '../core/index.ts';
import { pseudonymOf, readTable } from '../core/ingest/index.ts';

const SAMPLES = join(import.meta.dirname, '..', 'samples');
const LABELS = join(SAMPLES, 'platform.labels.csv');
const EXPLAINED = 12;

/**
 * What the notebook reads, by file name: the run and its metrics as JSON, the queue as Arrow. The case is temporary and
 * its key is forgotten at the end, so no pseudonym in these files can ever be mapped back.
 */
export const load = async (): Promise<Readonly<Record<string, string | Uint8Array>>> => {
  const work = await createTemporaryCase();
  try {
    const { run, actors } = await detectFiles(work, { inputs: [join(SAMPLES, 'platform.csv.gz')], seed: 1 });
    const metrics = await evaluateCase(work, LABELS);
    const groups = await groupsOf(work);
    const explained = actors
      .slice(0, EXPLAINED)
      .map(({ actor, rank, percentile, reasons }) => ({ actor, rank, percentile, reasons: reasons.slice(0, 10) }));
    return {
      'platform.json': JSON.stringify({ run, metrics, explained }),
      'platform.arrow': queueTable(actors, groups),
    };
  } finally {
    await work.close();
  }
};

type Group = { readonly isPlanted: boolean; readonly group: string };

/** Who was made to misbehave, and who only looks odd: the labels, under the key of the case. */
const groupsOf = async (from: Case): Promise<ReadonlyMap<string, Group>> => {
  const { header, rows } = await readTable(LABELS, 'labels');
  const pseudonym = pseudonymOf(from.vault.pseudonymKey());
  const [user, label, kind, note] = ['user', 'label', 'kind', 'note'].map((name) => header.indexOf(name));
  const cell = (row: readonly string[], column: number | undefined): string => row[column ?? -1] ?? '';
  return new Map(
    rows.map((row) => [
      pseudonym(cell(row, user)),
      { isPlanted: cell(row, label) === '1', group: cell(row, kind) || cell(row, note) || 'ordinary' },
    ]),
  );
};

const queueTable = (actors: readonly RankedActor[], groups: ReadonlyMap<string, Group>): Uint8Array => {
  const ranked = actors.filter((actor) => actor.evidence === 'ok');
  const table = tableFromArrays({
    rank: Int32Array.from(ranked, (actor) => actor.rank),
    actor: ranked.map((actor) => actor.actor),
    score: Float64Array.from(ranked, (actor) => actor.score),
    percentile: Float64Array.from(ranked, (actor) => actor.percentile),
    events: Int32Array.from(ranked, (actor) => actor.events),
    forest: Float64Array.from(ranked, (actor) => actor.detectors['isolationForest'] ?? Number.NaN),
    autoencoder: Float64Array.from(ranked, (actor) => actor.detectors['autoencoder'] ?? Number.NaN),
    planted: ranked.map((actor) => groups.get(actor.actor)?.isPlanted ?? false),
    group: ranked.map((actor) => groups.get(actor.actor)?.group ?? 'ordinary'),
    reason: ranked.map((actor) => actor.reasons[0]?.sentence ?? ''),
  });
  const bytes = tableToIPC(table, { format: 'stream' });
  if (bytes === null) throw new TypeError('Arrow: nothing was written.');
  return bytes;
};
