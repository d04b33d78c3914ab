import { systemRandom } from '../../random/index.ts';
import { columnsOf, featuresOf } from '../../rules/export/columns.ts';
import { createRuleEngine, type Begun, type RunCounts, type RunHit } from '../../rules/run/index.ts';
import type { Rule, RuleFeatures } from '../../rules/schema.ts';
import type { PlanOptions } from '../../ingest/file-plan.ts';
import { createReaders, type Case } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import { featuresFor } from '../rules/run-all.ts';
import { caseEncodes } from './case-encodes.ts';
import { createStreamReader, type BadLine, type StreamOptions } from './stream-reader.ts';

/** What a stream takes from a case: nothing is written to it, and it need not stay open. */
export type StreamCase = Pick<StreamOptions, 'key' | 'encodes'> & { readonly features?: RuleFeatures };

/** The key, the ways of its import and the features that rules ask for. Errors: `vault` where the key cannot be had. */
export const streamCase = async (opened: Case, rules: readonly Rule[]): Promise<StreamCase> => {
  const readers = createReaders(opened);
  try {
    const features = await featuresFor(readers, rules);
    const encodes = await caseEncodes(readers);
    return { key: opened.vault.pseudonymKey(), encodes, ...(features === undefined ? {} : { features }) };
  } finally {
    await readers.close();
  }
};

export type StreamRunOptions = {
  readonly plan: PlanOptions;
  /** Without one, pseudonyms are made under a key that is thrown away. */
  readonly from?: StreamCase;
  readonly allowedLateness: number;
  /** All hits are marked. */
  readonly isShadow: boolean;
  readonly maxRemembered?: number;
  readonly latest?: () => number;
};

/** What some bytes of the stream led to. */
export type StreamFound = { readonly hits: readonly RunHit[]; readonly bad: readonly BadLine[] };

/** Rules over a stream of lines. */
export type StreamRun = {
  push(bytes: Uint8Array): StreamFound;
  /** The stream is over. */
  end(): StreamFound;
  /** Other rules from here on. Errors: `usage` where they ask for features that were not taken along. */
  replace(rules: readonly Rule[]): readonly Begun[];
  counts(): RunCounts;
  /** Lines that are no events. */
  badLines(): number;
};

/** Runs rules over lines as they come. Errors: `usage` for a preset or a mapping that does not fit. */
export const createStreamRun = (rules: readonly Rule[], options: StreamRunOptions): StreamRun => {
  const { from = { key: systemRandom.bytes(32) }, plan, allowedLateness, isShadow, maxRemembered, latest } = options;
  const columns = [...new Set(rules.flatMap(columnsOf))];
  const features = new Set(rules.flatMap(featuresOf));
  const reader = createStreamReader({ columns, plan, ...from });
  const shadow = new Set(isShadow ? rules.map(({ id }) => id) : []);
  const engine = createRuleEngine(rules, {
    allowedLateness,
    shadow,
    ...(from.features === undefined ? {} : { features: from.features }),
    ...(maxRemembered === undefined ? {} : { maxRemembered }),
    ...(latest === undefined ? {} : { latest }),
  });
  let bad = 0;
  return {
    push: (bytes) => {
      const part = reader.push(bytes);
      bad += part.bad.length;
      return { hits: engine.push(part.batch), bad: part.bad };
    },
    end: () => {
      const part = reader.end();
      bad += part.bad.length;
      return { hits: [...engine.push(part.batch), ...engine.flush()], bad: part.bad };
    },
    replace: (next) => {
      requireKnown(next.flatMap(featuresOf), features);
      reader.widen(next.flatMap(columnsOf));
      if (isShadow) for (const { id } of next) shadow.add(id);
      return engine.replace(next);
    },
    counts: () => engine.counts,
    badLines: () => bad,
  };
};

const requireKnown = (named: readonly string[], known: ReadonlySet<string>): void => {
  const missing = named.find((name) => !known.has(name));
  if (missing === undefined) return;
  throw new NightjarError('usage', 'The new rules ask for a feature that the run did not take along.', {
    where: missing,
    next: 'Start the run again with these rules.',
  });
};
