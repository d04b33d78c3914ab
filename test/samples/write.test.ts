import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Progress } from '../../core/api/progress.ts';
import { writeSample } from '../../samples/index.ts';
import { play } from './read.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nightjar-samples-'));
});
afterEach(() => rm(folder, { recursive: true }));

const asked = { events: 12_000, seed: 9, days: 7 };
const at = (name: string): string => join(folder, name);

describe('writeSample', () => {
  it('writes the log and the labels, compressed or not', async () => {
    const expected = await play(asked);
    const summary = await writeSample({ ...asked, out: at('log.csv'), labels: at('labels.csv') });
    await writeSample({ ...asked, out: at('log.csv.gz'), labels: at('labels.csv.gz') });
    expect(summary).toEqual(expected.cast.summary);
    expect(await readFile(at('log.csv'), 'utf8')).toBe(expected.csv);
    expect(await readFile(at('labels.csv'), 'utf8')).toBe(expected.labels);
    expect(gunzipSync(await readFile(at('log.csv.gz'))).toString('utf8')).toBe(expected.csv);
    expect(gunzipSync(await readFile(at('labels.csv.gz'))).toString('utf8')).toBe(expected.labels);
    expect((await readdir(folder)).toSorted()).toEqual(['labels.csv', 'labels.csv.gz', 'log.csv', 'log.csv.gz']);
  });

  it('refuses one file for both, however it is called, and leaves what is there', async () => {
    await writeFile(at('log.csv'), 'mine');
    const twice = writeSample({ ...asked, out: at('log.csv'), labels: join(folder, '.', 'x', '..', 'log.csv') });
    await expect(twice).rejects.toMatchObject({ code: 'usage' });
    const relative = `${folder}//log.csv`;
    await expect(writeSample({ ...asked, out: at('log.csv'), labels: relative })).rejects.toMatchObject({
      code: 'usage',
    });
    expect(await readFile(at('log.csv'), 'utf8')).toBe('mine');
  });

  it('reports progress up to the end', async () => {
    const seen: Progress[] = [];
    await writeSample({ ...asked, out: at('log.csv'), labels: at('l.csv') }, { onProgress: (step) => seen.push(step) });
    expect(seen.at(-1)).toEqual({ stage: 'generate', done: 12_000, total: 12_000, unit: 'events' });
    const done = seen.map((step) => step.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  });

  it('leaves what was there when it is cancelled, and nothing of its own', async () => {
    await writeFile(at('log.csv'), 'older');
    const cancel = new AbortController();
    const watch = { signal: cancel.signal, onProgress: () => cancel.abort() };
    await expect(writeSample({ ...asked, out: at('log.csv'), labels: at('l.csv') }, watch)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await readdir(folder)).toEqual(['log.csv']);
    expect(await readFile(at('log.csv'), 'utf8')).toBe('older');
  });

  it.skipIf(process.platform === 'win32')('takes the place of a file alone', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await expect(writeSample({ ...asked, out: at('pipe'), labels: at('l.csv') })).rejects.toMatchObject({
      code: 'usage',
    });
    expect(await readdir(folder)).toEqual(['pipe']);
  });

  it.each(['log.csv', 'log.csv.gz'])('says so when %s cannot be written', async (name) => {
    const out = join(folder, 'missing', name);
    await expect(writeSample({ ...asked, out, labels: at('l.csv') })).rejects.toMatchObject({ code: 'usage' });
    await expect(writeSample({ ...asked, out: at(name), labels: join(folder, 'missing', name) })).rejects.toMatchObject(
      {
        code: 'usage',
      },
    );
    await expect(writeSample({ ...asked, out: at('l'), labels: at('l') })).rejects.toMatchObject({ code: 'usage' });
    const long = at('x'.repeat(300));
    await expect(writeSample({ ...asked, out: long, labels: at('m') })).rejects.toMatchObject({ code: 'usage' });
    expect(await readdir(folder)).toEqual([]);
  });
});
