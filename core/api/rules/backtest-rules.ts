import { seededRandom } from '../../random/index.ts';
import {
  backtest,
  changeOf,
  qualityOf,
  labelTotals,
  type ActorLabels,
  type Ground,
  type Quality,
  type RuleHits,
} from '../../rules/backtest/index.ts';
import type { Exporter, Translation } from '../../rules/export/exporter.ts';
import type { Rule } from '../../rules/schema.ts';
import { ruleInWords } from '../../rules/text/in-words.ts';
import { createReaders, readRuleActors, readUsualValues, type Case, type Readers } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import type { Watch } from '../progress.ts';
import { labelsFor } from '../risk/labels.ts';
import { laterActors } from './later-actors.ts';
import { missingNames } from './missing-names.ts';
import { runAll } from './run-all.ts';
import { exporterOf } from './targets.ts';
import { today } from './today.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Actors a subgroup must have to be shown. */
const SUBGROUP_K = 10;
const MOST_TO_REVIEW = 50;
const MOST_SUBGROUP_COLUMNS = 4;

export type BacktestRequest = {
  readonly rules: readonly Rule[];
  /** Rules they are compared with, by id; where there is one rule on each side, with that one. */
  readonly against?: readonly Rule[];
  /** An exporter, whose reading of each rule is measured too. */
  readonly target?: string;
  /** Event columns of subgroups. Default: country and the log's own categories, four at most. */
  readonly by?: readonly string[];
  /** A labels file. Default: the verdicts of the case. */
  readonly labels?: string;
  /** Saved rules whose overlap is told. */
  readonly others?: readonly Rule[];
  /** Default 1. */
  readonly seed?: number;
  /** `YYYY-MM-DD`; default: today (UTC). */
  readonly day?: string;
};

/** The `rules backtest` document, as the contract has it. */
export type CaseBacktest = Awaited<ReturnType<typeof backtestRules>>;

/**
 * Runs rules over a whole case and says what each would have done: hits by day and week, held against labels with intervals,
 * by subgroup, beside other rules, beside what it replaces, and as an export target would run it. Exact numbers of
 * the case, for people who may see it. Errors: `usage` for a column or target there is not, `input` and `vault` for labels
 * that cannot be read, `cancelled`.
 */
export const backtestRules = async (from: Case, request: BacktestRequest, watch: Watch = {}) => {
  const readers = createReaders(from);
  try {
    return await backtestOver(from, readers, request, watch);
  } finally {
    await readers.close();
  }
};

/** The same with readers that the caller holds. */
export const backtestOver = async (
  from: Case,
  readers: Pick<Readers, 'read'>,
  request: BacktestRequest,
  watch: Watch = {},
) => {
  const startedAt = performance.now();
  const { rules, against = [], others = [], seed = 1, day = today() } = request;
  const target = request.target === undefined ? null : exporterOf(request.target);
  const vocabulary = await vocabularyOf(readers, watch.signal);
  const by = subgroupColumns(request.by, vocabulary.columns);
  const { actors, events, span } = await readers.read(readRuleActors, watch.signal);
  const known = new Set(actors);
  const labels = await labelsFor(from, request.labels, (actor) => known.has(actor));
  const inCase = new Map([...labels].filter(([actor]) => known.has(actor)));
  const later = await laterActors(readers, inCase, watch.signal);
  const qualityLater = (hit: Iterable<string>): Quality | null =>
    later === null ? null : qualityOf(new Set([...hit].filter((actor) => later.has(actor))), later);

  const translations = rules.map((rule): Translation | null => target?.translate(rule) ?? null);
  const narrowed = translations.map((each) => (each?.kind === 'narrowed' ? each.rule : null));
  const asTarget = narrowed.filter((rule) => rule !== null);
  const ran = await runAll({ readers, day }, [...rules, ...against, ...others, ...asTarget], watch);
  const hitsOf = (list: readonly Rule[], rule: Rule | undefined | null, from_: number): RuleHits | null =>
    rule === undefined || rule === null ? null : (ran.hits[from_ + list.indexOf(rule)] ?? null);

  const attributes = new Map<string, ReadonlyMap<string, string>>();
  for (const column of by) {
    attributes.set(column, await readers.read((connection) => readUsualValues(connection, column), watch.signal));
  }
  const othersAt = rules.length + against.length;
  const ground: Ground = {
    actors,
    labels: inCase,
    span,
    attributes,
    k: SUBGROUP_K,
    others: [],
    mostToReview: MOST_TO_REVIEW,
  };
  const random = seededRandom(seed);
  const tested = rules.map((rule, i) => {
    const hits = ran.hits[i];
    if (hits === undefined) throw new NightjarError('internal', 'A rule was not run.');
    const compared = against.find(({ id }) => id === rule.id) ?? (rules.length === 1 ? against[0] : undefined);
    const before = hitsOf(against, compared, rules.length);
    const beside = others.flatMap((other, j) => {
      const found = other.id === rule.id ? undefined : ran.hits[othersAt + j];
      return found === undefined ? [] : [{ rule: other.id, hits: found }];
    });
    const { toReview, ...result } = backtest(hits, before, { ...ground, others: beside }, random.fork(rule.id));
    const translation = translations[i];
    return {
      rule: rule.id,
      title: rule.title,
      words: ruleInWords(rule, vocabulary.features),
      ...result,
      later: qualityLater(hits.byActor.keys()),
      target:
        target === null || translation === null || translation === undefined
          ? null
          : inTarget(target, translation, hits, hitsOf(asTarget, narrowed[i], othersAt + others.length), inCase),
      toReview,
    };
  });
  const together = new Set(ran.hits.slice(0, rules.length).flatMap(({ byActor }) => [...byActor.keys()]));
  const { columns, features } = vocabulary;
  const notes = [...ran.notes, ...missingNames(rules, { columns, ...(features.length === 0 ? {} : { features }) })];
  if (inCase.size === 0) notes.push('No actor has a label: precision and recall cannot be told.');
  const outside = labels.size - inCase.size;
  if (outside > 0) notes.push(`${outside} labelled actors are not in the case and were left out.`);
  return {
    day,
    events,
    actors: actors.length,
    span: span === null ? null : { from: span.from / 1000, to: span.to / 1000 },
    labels: {
      from:
        inCase.size === 0
          ? ('none' as const)
          : request.labels === undefined
            ? ('verdicts' as const)
            : ('file' as const),
      ...labelTotals(inCase),
    },
    rules: tested,
    together: { actors: together.size, quality: qualityOf(together, inCase), later: qualityLater(together) },
    seed,
    elapsedMs: performance.now() - startedAt,
    notes,
  };
};

const inTarget = (
  { name, title }: Exporter,
  translation: Translation,
  whole: RuleHits,
  narrowed: RuleHits | null,
  labels: ActorLabels,
) => ({
  name,
  title,
  kind: translation.kind,
  differences: translation.kind === 'narrowed' ? translation.differences : [],
  reasons: translation.kind === 'refused' ? translation.reasons : [],
  narrowed:
    narrowed === null
      ? null
      : {
          hits: narrowed.hits,
          actors: narrowed.byActor.size,
          quality: qualityOf(new Set(narrowed.byActor.keys()), labels),
          change: changeOf(new Set(whole.byActor.keys()), new Set(narrowed.byActor.keys()), labels),
        },
});

const subgroupColumns = (
  asked: readonly string[] | undefined,
  known: readonly { readonly name: string; readonly type: string }[],
): readonly string[] => {
  const texts = known.filter(({ type, name }) => type === 'text' && name !== 'actor_id').map(({ name }) => name);
  if (asked === undefined) {
    return texts.filter((name) => name === 'country' || name.startsWith('c_')).slice(0, MOST_SUBGROUP_COLUMNS);
  }
  const strange = asked.find((name) => !texts.includes(name));
  if (strange === undefined) return asked;
  throw new NightjarError('usage', 'Subgroups cannot be made by this column.', {
    where: strange,
    next: `Columns with texts: ${texts.join(', ')}.`,
  });
};
