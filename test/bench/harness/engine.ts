import type * as stream from '../../../core/api/rules-run/index.ts';
import type * as streamReader from '../../../core/api/rules-run/stream-reader.ts';
import type * as detect from '../../../core/detect/index.ts';
import type * as evaluate from '../../../core/evaluate/index.ts';
import type * as explain from '../../../core/explain/index.ts';
import type * as features from '../../../core/features/index.ts';
import type * as ingest from '../../../core/ingest/index.ts';
import type * as induction from '../../../core/rules/induce/index.ts';
import type * as rulesRun from '../../../core/rules/run/index.ts';
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

/** A module of the compiled library: `rules/run/index`. */
const compiled = (module: string): string => new URL(`../../../dist/core/${module}.js`, import.meta.url).href;

export const loadEngine = async (): Promise<Engine> => {
  const stage = (name: string): string => compiled(`${name}/index`);
  return {
    store: await import(stage('store')),
    ingest: await import(stage('ingest')),
    features: await import(stage('features')),
    detect: await import(stage('detect')),
    explain: await import(stage('explain')),
    evaluate: await import(stage('evaluate')),
  };
};

/** How rules are learned. */
export const loadInduction = async (): Promise<typeof induction> => import(compiled('rules/induce/index'));

/** The engine that runs rules. */
export const loadRuleEngine = async (): Promise<typeof rulesRun> => import(compiled('rules/run/index'));

/** How the command line reads a stream and runs rules over it. */
export const loadStream = async (): Promise<typeof stream & typeof streamReader> => ({
  ...(await import(compiled('api/rules-run/index'))),
  ...(await import(compiled('api/rules-run/stream-reader'))),
});

/** Settings of the command line's `--memory 4GiB --threads 2`: the data engine gets 0.6 of the memory. */
export const THREADS = 2;
export const MEMORY_BYTES = 4 * 2 ** 30;
export const ENGINE_BYTES = Math.floor(MEMORY_BYTES * 0.6);
