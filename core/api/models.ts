import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DETECTORS, exportModel, modelNames, type ModelForm } from '../detect/index.ts';
import { loadLatestRun, loadModels, modelDigest, replaceFile, type Case } from '../store/index.ts';
import { NightjarError } from './errors.ts';
import { readRunManifest } from './explore/manifest.ts';
import { notRanked } from './feedback/not-ranked.ts';

export type ModelRequest = {
  readonly detector: string;
  readonly form: ModelForm;
  /** Where it goes. */
  readonly out: string;
};

/**
 * Writes what a detector of the latest run learned, for other programs: see `exportModel`. It holds no noise and is as secret as
 * the case; that it was taken out is journalled first. Errors: `input` for a case without a ranking and as `requireModelPlace`,
 * `usage` for a detector that the run does not have, or whose model cannot be written so, `case-damaged` where the model is
 * not the run's.
 */
export const exportCaseModel = async (from: Case, { detector, form, out }: ModelRequest): Promise<void> => {
  requireModelPlace(out);
  const written = await modelOfRun(from, detector, form);
  from.journal.append('model.exported', { detector, form, sha256: createHash('sha256').update(written).digest('hex') });
  replaceFile(out, written);
};

/** Throws `input` where a model could not be written later, or would take the place of something. */
export const requireModelPlace = (out: string): void => {
  const isThere = statSync(dirname(out), { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere && !existsSync(out)) return;
  throw new NightjarError('input', isThere ? 'Something is there already.' : 'There is no such directory.', {
    where: out,
    next: 'Name a new file in a directory that is there.',
  });
};

const modelOfRun = async (from: Case, detector: string, form: ModelForm): Promise<Uint8Array> => {
  const run = await loadLatestRun(from.connection, 'detect');
  if (run === undefined) throw notRanked(from.directory);
  const { detectors, models: digests } = readRunManifest(run.manifest);
  const needs = DETECTORS.find(({ name }) => name === detector)?.needs;
  if (needs === undefined || !detectors.includes(detector)) {
    throw new NightjarError('usage', 'The run has no such detector.', {
      where: detector,
      next: `It has ${detectors.join(', ')}.`,
    });
  }
  const files = loadModels(from, modelNames([detector]));
  const bytesOf = (name: string): Uint8Array => {
    const file = files.find((each) => each.name === name);
    if (file !== undefined && digests[name] === modelDigest(file.bytes)) return file.bytes;
    throw new NightjarError('case-damaged', 'A model of the run is missing, or is not the one that it left.', {
      where: name,
      next: 'Run `nightjar detect --case DIR` again: it writes the models anew.',
    });
  };
  return exportModel(detector, bytesOf(detector), bytesOf(`scaler-${needs.scale}`), form);
};
