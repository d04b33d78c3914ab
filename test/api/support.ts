import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRouterClient } from '@orpc/server';
import { tableFromIPC } from '@uwdata/flechette';
import { onTestFinished } from 'vitest';
import type { Job } from '../../core/api/contract.ts';
import { createEngine, type Engine, type EngineOptions } from '../../core/api/router.ts';

export const SAMPLE = fileURLToPath(new URL('../../samples/platform.csv.gz', import.meta.url));

export const clientOf = (engine: Engine) => createRouterClient(engine.router);
export type TestClient = ReturnType<typeof clientOf>;

/** A folder that is removed after the test (or, given `keep`, never). */
export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'nightjar-engine-'));

export const engineIn = (folder: string, options: Partial<EngineOptions> = {}): Engine =>
  createEngine({
    mode: 'desktop',
    cannotPromise: [],
    settingsDirectory: join(folder, 'settings'),
    casesDirectory: join(folder, 'cases'),
    keyringPath: join(folder, 'keyring'),
    sampleLog: SAMPLE,
    threads: 2,
    ...options,
  });

/** An engine with nothing open in a folder of its own; both go with the test. */
export const startEngine = (options: Partial<EngineOptions> = {}) => {
  const folder = temporaryFolder();
  const engine = engineIn(folder, options);
  onTestFinished(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, engine, client: clientOf(engine) };
};

/** Waits for the end of a job and returns it. */
export const jobEnded = async (client: TestClient, id: string): Promise<Job> => {
  for await (const state of await client.jobs.watch()) {
    const job = state.jobs.find((each) => each.id === id);
    if (job !== undefined && job.endedAt !== null) return job;
  }
  throw new Error('The watch ended before the job.');
};

/** The error a call ends with. */
export const refused = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('It should have been refused.');
};

/** A table of the boundary, column by column as plain values. */
export const readTable = async (blob: Blob): Promise<{ rows: number; column: (name: string) => unknown[] }> => {
  const table = tableFromIPC(new Uint8Array(await blob.arrayBuffer()));
  return { rows: table.numRows, column: (name) => Array.from(table.getChild(name)) };
};
