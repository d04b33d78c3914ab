import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { detectFiles, exportCaseModel, openCase, verifyJournal, type Case } from '../../core/index.ts';
import { modelFromJson } from '../../core/detect/model-json.ts';
import { writeLog } from './logs.ts';
import { temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const place = (name: string): string => join(folder, name);
let opened: Case;

beforeAll(async () => {
  opened = await openCase(place('case'), { keyringPath: place('keyring'), create: 'if-missing' });
  const detectors = ['isolationForest', 'densityForest', 'mcd'];
  await detectFiles(opened, { inputs: [writeLog(folder)], detectors, threads: 1, explained: 0 });
}, 60_000);
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const WRITTEN = z.object({
  scaling: z.array(
    z.object({ name: z.string(), shape: z.enum(['linear', 'log']), center: z.number(), scale: z.number() }),
  ),
  model: z.object({ kind: z.string() }),
});

test.each(['isolationForest', 'mcd'])(
  'the JSON of %s is the model that the run left, with the scaling',
  async (name) => {
    const out = place(`${name}.json`);
    await exportCaseModel(opened, { detector: name, form: 'json', out });
    const text = readFileSync(out, 'utf8');
    const { scaling } = WRITTEN.parse(JSON.parse(text));
    expect(scaling.map((column) => column.name)).toContain('event_count');
    const model = text.slice(text.indexOf('"model":') + '"model":'.length, text.trimEnd().length - 1);
    expect(Buffer.from(modelFromJson(model))).toEqual(readFileSync(join(opened.paths.models, `${name}.model`)));
  },
);

test.each(['isolationForest', 'densityForest'])(
  '%s goes into ONNX with its features and their scaling',
  async (name) => {
    const out = place(`${name}.onnx`);
    await exportCaseModel(opened, { detector: name, form: 'onnx', out });
    const text = readFileSync(out).toString('latin1');
    for (const part of ['TreeEnsembleRegressor', 'scaling', '"name":"event_count","shape":'])
      expect(text).toContain(part);
  },
);

test('that a model was taken out is in the journal', () => {
  const journal = readFileSync(opened.paths.journal, 'utf8');
  expect(journal.split('"model.exported"')).toHaveLength(5);
  expect(verifyJournal(opened.directory)).toMatchObject({ ok: true });
});

test.each([
  ['a detector that the run does not have', { detector: 'knn', form: 'json', out: 'new.json' }, 'usage'],
  ['ONNX of what is no forest', { detector: 'mcd', form: 'onnx', out: 'new.onnx' }, 'usage'],
  ['the place of another file', { detector: 'mcd', form: 'json', out: 'log.csv' }, 'input'],
  ['a directory that is not there', { detector: 'mcd', form: 'json', out: 'nowhere/new.json' }, 'input'],
] as const)('refused: %s', async (_, { out, ...asked }, code) => {
  const before = existsSync(place(out)) ? readFileSync(place(out)) : undefined;
  await expect(exportCaseModel(opened, { ...asked, out: place(out) })).rejects.toMatchObject({ code });
  expect(existsSync(place(out)) ? readFileSync(place(out)) : undefined).toEqual(before);
});

test('a model that is not the one of the run is not let out', async () => {
  const path = join(opened.paths.models, 'densityForest.model');
  const bytes = readFileSync(path);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(path, bytes);
  const asked = exportCaseModel(opened, { detector: 'densityForest', form: 'onnx', out: place('torn.onnx') });
  await expect(asked).rejects.toMatchObject({ code: 'case-damaged' });
});
