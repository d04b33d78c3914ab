import type * as detect from '../../../core/detect/index.ts';
import type * as evaluate from '../../../core/evaluate/index.ts';
import type * as explain from '../../../core/explain/index.ts';
import type * as features from '../../../core/features/index.ts';
import type * as ingest from '../../../core/ingest/index.ts';
import type * as store from '../../../core/store/index.ts';

/** The compiled engine, as an installed package runs it: workers start from plain JavaScript. */
export type Engine = {
  readonly store: typeof store;
  readonly ingest: typeof ingest;
  readonly features: typeof features;
  readonly detect: typeof detect;
  readonly explain: typeof explain;
  readonly evaluate: typeof evaluate;
};

export const loadEngine = async (): Promise<Engine> => {
  const stage = (name: string): string => new URL(`../../../dist/core/${name}/index.js`, import.meta.url).href;
  return {
    store: await import(stage('store')),
    ingest: await import(stage('ingest')),
    features: await import(stage('features')),
    detect: await import(stage('detect')),
    explain: await import(stage('explain')),
    evaluate: await import(stage('evaluate')),
  };
};

/** Settings of the command line's `--memory 4GiB --threads 2`: the data engine gets 0.6 of the memory. */
export const THREADS = 2;
export const MEMORY_BYTES = 4 * 2 ** 30;
export const ENGINE_BYTES = Math.floor(MEMORY_BYTES * 0.6);
