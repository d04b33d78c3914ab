import { importFiles, type PlanOptions } from '../../ingest/index.ts';
import type { DetectSettings } from '../contract/jobs.ts';
import { detectFiles } from '../detect.ts';
import type { JobWork } from '../engine/jobs.ts';
import type { OpenCase } from '../engine/open-case.ts';

/** What a job works on, and whom it tells of what it stored. */
export type JobSite = {
  readonly into: OpenCase;
  readonly threads: number;
  readonly onImported: () => void;
  readonly onRanked: () => Promise<void>;
};

/** Imports files into a case and, unless `detect` is null, ranks everybody; what was imported stays when the ranking is cancelled. */
export const importJob =
  (site: JobSite, paths: readonly string[], options: PlanOptions, detect: DetectSettings | null): JobWork =>
  async (watch, keep) => {
    const imported = await importFiles(site.into.case, paths, { ...options, threads: site.threads }, watch);
    site.onImported();
    const stored = imported.reduce((sum, file) => sum + file.stored, 0);
    const quarantined = imported.reduce((sum, file) => sum + file.quarantined, 0);
    const what = `${count(stored, 'event')} of ${count(imported.length, 'file')}`;
    const done = `Imported ${what}${quarantined > 0 ? `; ${count(quarantined, 'record')} went to quarantine` : ''}.`;
    keep(`${done} The ranking did not end: the queue is as before.`);
    const warnings = imported.flatMap(({ name, warnings: own }) => own.map((warning) => `${name}: ${warning}`));
    if (detect === null) return { summary: done, warnings };
    const ranked = await detectJob(site, detect)(watch, keep);
    return { summary: `${done} ${ranked.summary}`, warnings: [...warnings, ...ranked.warnings] };
  };

/** Ranks everybody in a case. */
export const detectJob =
  ({ into, threads, onRanked }: JobSite, { seed, detectors, minEvents }: DetectSettings): JobWork =>
  async (watch) => {
    const settings = {
      threads,
      inputs: [],
      ...(seed === undefined ? {} : { seed }),
      ...(detectors === undefined ? {} : { detectors }),
      ...(minEvents === undefined ? {} : { minEvents }),
    };
    const { run, actors } = await detectFiles(into.case, settings, watch);
    await onRanked();
    const ranked = actors.filter(({ evidence }) => evidence === 'ok').length;
    const few = actors.length - ranked;
    const left = few > 0 ? `; ${count(few, 'actor')} with too few events` : '';
    return { summary: `Ranked ${count(ranked, 'actor')}${left}.`, warnings: run.warnings };
  };

const count = (n: number, noun: string): string => `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;
