import { actorPlace, dayName, overlapMatrix, sampleUnlabelled } from '../../rules/backtest/index.ts';
import { seededRandom } from '../../random/index.ts';
import { EXPORTERS } from '../../rules/export/index.ts';
import { completeAt } from '../../rules/text/complete.ts';
import { parseRules } from '../../rules/text/parse-rules.ts';
import type { SuggestFrom } from '../contract/rules.ts';
import type { BacktestReport } from '../contract/rules-findings.ts';
import type { EngineContext } from '../engine/context.ts';
import { backtestJob } from '../rules/backtest-job.ts';
import { checkRules } from '../rules/check-rules.ts';
import { diffVersions } from '../rules/diff-versions.ts';
import { impactOf } from '../rules/impact.ts';
import { requireRules, requireValidRules } from '../rules/rules-text.ts';
import { newRules } from '../rules/new-rules.ts';
import { listRules, showRule } from '../rules/shown-rules.ts';
import { planExport, requireExportable, writeExport } from '../rules/export-rules.ts';
import type { KeptRule } from '../rules/saved.ts';
import { tellingRules, type Withheld } from '../rules/withheld.ts';
import { zipOf } from '../rules/zip.ts';
import { suggestJob, type SuggestFrom as SearchFrom, type Suggested } from '../rules/suggest-job.ts';
import { base } from './base.ts';

/** What a job found, until the app is started anew or another case is open. */
type Found<T> = { readonly job: string; readonly caseId: string; readonly what: T };

type Exported = {
  readonly ids: readonly string[];
  readonly target: string;
  readonly events?: string | undefined;
  readonly features?: string | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
};

/** Procedures about rules. */
export const rulesRoutes = ({ session, jobs, grants, options, raise }: EngineContext) => {
  const { rules } = base;
  const held = () => session.require();
  const role = options.role ?? 'investigator';
  let backtested: Found<{ readonly text: string; readonly report: BacktestReport }> | null = null;
  let suggested: Found<Suggested & { readonly from: SuggestFrom }> | null = null;
  const ofThisCase = <T>(found: Found<T> | null): Found<T> | null =>
    found?.caseId === session.current()?.case.id ? found : null;
  /** Saves, or changes what is saved, and tells pages. */
  const changing = async <T>(work: (saved: ReturnType<typeof held>['rules']) => Promise<T>) => {
    const saved = held().rules;
    const result = await work(saved);
    raise('rules');
    return { result, ...saved.undoState() };
  };
  const moving = async (move: 'undo' | 'redo') => {
    const { result, ...undoState } = await changing((saved) => saved[move]());
    return { ...undoState, done: result };
  };
  const savedRule = (id: string, version?: number) => requireRules(held().rules.get(id, version).text, id)[0];

  const withheld = async (of: readonly KeptRule[]): Promise<Withheld> =>
    role === 'reviewer' ? tellingRules(held().readers, of) : () => 'nothing';
  const planned = ({ ids, target, events, features, fields }: Exported, signal?: AbortSignal) => {
    const { ruleRuns, rules: saved } = held();
    const request = {
      rules: ids.map((id) => savedRule(id)),
      states: new Map(ids.map((id) => [id, saved.get(id).state])),
      target,
      ...(events === undefined ? {} : { events }),
      ...(features === undefined ? {} : { features }),
      ...(fields === undefined ? {} : { fields: new Map(Object.entries(fields)) }),
    };
    return planExport(ruleRuns.place(), request, signal === undefined ? {} : { signal });
  };

  return rules.router({
    list: rules.list.handler(async () => {
      const { rules: saved, ruleRuns } = held();
      return listRules(saved, await ruleRuns.vocabulary(), await withheld(saved.list()));
    }),
    get: rules.get.handler(async ({ input: { id, version } }) => {
      const { rules: saved, ruleRuns } = held();
      const kept = saved.get(id, version);
      return showRule(saved, kept, await ruleRuns.vocabulary(), await withheld([kept]), role);
    }),
    check: rules.check.handler(async ({ input }) => {
      const { diagnostics, rules: told } = checkRules(input.text, await held().ruleRuns.vocabulary());
      return { diagnostics: [...diagnostics], rules: [...told] };
    }),
    complete: rules.complete.handler(async ({ input: { text, offset } }) => {
      const { from, options: found } = completeAt(text, offset, await held().ruleRuns.vocabularyWithValues());
      return { from, options: [...found] };
    }),
    vocabulary: rules.vocabulary.handler(async () => {
      const { columns, features } = await held().ruleRuns.vocabulary();
      return { columns: [...columns], features: [...features] };
    }),
    save: rules.save.handler(async ({ input: { text, note, replaces } }) => {
      const parsed = newRules(text, await held().ruleRuns.vocabulary(), replaces !== null);
      const { result, ...undoState } = await changing((saved) => saved.save(parsed, note, replaces));
      return { ...undoState, saved: [...result] };
    }),
    setState: rules.setState.handler(async ({ input: { id, state, version } }) => {
      const { undo, redo } = await changing((saved) => saved.setState(id, state, version));
      return { undo, redo };
    }),
    remove: rules.remove.handler(async ({ input }) => {
      const { undo, redo } = await changing((saved) => saved.remove(input.id));
      return { undo, redo };
    }),
    undo: rules.undo.handler(() => moving('undo')),
    redo: rules.redo.handler(() => moving('redo')),
    history: rules.history.handler(() => {
      const saved = held().rules;
      return { ...saved.undoState(), steps: saved.history().map(({ at, event, title }) => ({ at, event, title })) };
    }),
    startBacktest: rules.startBacktest.handler(async ({ input: { text, against, target, by, labels } }) => {
      const opened = held();
      jobs.requireIdle();
      const request = {
        rules: requireValidRules(text, await opened.ruleRuns.vocabulary()),
        others: opened.rules
          .list()
          .filter(({ state }) => state !== 'retired')
          .map(({ id }) => savedRule(id)),
        ...(against === undefined ? {} : { against: [savedRule(against.id, against.version)] }),
        ...(target === undefined ? {} : { target }),
        ...(by === undefined ? {} : { by }),
        ...(labels === 'verdicts' ? {} : { labels: grants.pathOf(labels.grant, 'file') }),
      };
      const job = jobs.start(
        'backtest',
        request.rules.length === 1 ? 'Backtest a rule' : `Backtest ${request.rules.length} rules`,
        backtestJob(opened, request, (report) => {
          backtested = { job, caseId: opened.case.id, what: { text, report } };
        }),
      );
      return { job };
    }),
    lastBacktest: rules.lastBacktest.handler(() => {
      const found = ofThisCase(backtested);
      return found === null ? null : { job: found.job, ...found.what };
    }),
    impact: rules.impact.handler(async ({ input: { text }, signal }) => {
      const { ruleRuns, decisions } = held();
      const { diagnostics } = checkRules(text, await ruleRuns.vocabulary());
      const parsed = parseRules(text).rules ?? [];
      const isFaulty = parsed.length === 0 || diagnostics.some(({ severity }) => severity === 'error');
      return isFaulty ? { kind: 'faulty' as const } : impactOf(ruleRuns, decisions.all(), parsed, signal);
    }),
    startSuggest: rules.startSuggest.handler(({ input: { from } }) => {
      const opened = held();
      const job = jobs.start(
        'suggest',
        'Look for rules',
        suggestJob(opened, startOf(from), (what) => {
          suggested = { job, caseId: opened.case.id, what: { ...what, from } };
        }),
      );
      return { job };
    }),
    lastSuggested: rules.lastSuggested.handler(() => {
      const found = ofThisCase(suggested);
      return found === null ? null : { job: found.job, ...found.what };
    }),
    overlap: rules.overlap.handler(async ({ input: { ids }, signal }) => {
      const { rules: saved, ruleRuns } = held();
      const { hits } = await ruleRuns.run(
        ids.map((id) => savedRule(id)),
        signal,
      );
      return {
        rules: ids.map((id, i) => ({
          id,
          title: saved.get(id).title,
          actors: hits[i]?.byActor.size ?? 0,
          perDay: [...(hits[i]?.days ?? [])]
            .toSorted(([a], [b]) => a - b)
            .map(([day, { hits: count }]) => ({ day: dayName(day), hits: count })),
        })),
        ...overlapMatrix(hits.map(({ byActor }) => new Set(byActor.keys()))),
      };
    }),
    hits: rules.hits.handler(async ({ input: { text, offset, limit }, signal }) => {
      const { ruleRuns, decisions } = held();
      const asked = requireRules(text);
      const placeOf = new Map(asked.map((rule) => [rule.id, actorPlace(rule)]));
      const all = await ruleRuns.hits(asked, signal);
      const rows = all.slice(offset, offset + limit).map(({ rule, group, at }) => {
        const place = placeOf.get(rule);
        const actor = place === undefined ? null : (group[place] ?? null);
        const verdict = actor === null ? null : (decisions.all().get(actor)?.verdict ?? null);
        return { rule, actor, group: [...group], at: at === null ? null : at / 1000, verdict };
      });
      return { total: all.length, rows };
    }),
    review: rules.review.handler(async ({ input: { text, most }, signal }) => {
      const { ruleRuns, decisions } = held();
      const { hits } = await ruleRuns.run(requireRules(text), signal);
      const hit = new Set(hits.flatMap(({ byActor }) => [...byActor.keys()]));
      const known = new Map([...decisions.all().keys()].map((actor) => [actor, 0 as const]));
      const of = [...hit].filter((actor) => !known.has(actor)).length;
      return { actors: [...sampleUnlabelled(hit, known, most, seededRandom(1))], of };
    }),
    diff: rules.diff.handler(({ input: { id, from, to }, signal }) => {
      const { rules: saved, ruleRuns } = held();
      return diffVersions(ruleRuns, saved.get(id, from), saved.get(id, to), signal);
    }),
    targets: rules.targets.handler(() => EXPORTERS.map(({ name, title, sentence }) => ({ name, title, sentence }))),
    preview: rules.preview.handler(async ({ input, signal }) => {
      const { files, differences, refused, leaks } = await planned(input, signal);
      return {
        files: files.map(({ name, text }) => ({ name, text })),
        differences: differences.map((each) => ({ rule: each.rule, differences: [...each.differences] })),
        refused: refused.map((each) => ({ rule: each.rule, reasons: [...each.reasons] })),
        leaks: leaks.map(({ rule, code, message, hint }) => ({ rule, code, message, hint })),
      };
    }),
    export: rules.export.handler(async ({ input, signal }) => {
      const directory = input.to === undefined ? null : grants.pathOf(input.to, 'folder');
      const plan = await planned(input, signal);
      requireExportable(plan);
      const request = { target: input.target, rules: input.ids.map((id) => savedRule(id)) };
      const files = writeExport(held().case, request, plan, directory);
      return { files: [...files], zip: directory === null ? zipOf(plan.files) : null };
    }),
  });
};

/** What a page asks for as a search takes it. */
const startOf = (from: SuggestFrom): SearchFrom => {
  if (from === 'verdicts') return { kind: 'labels' };
  if ('actors' in from) return { kind: 'actors', actors: from.actors };
  if ('group' in from)
    return { kind: 'group', place: from.group, ...(from.run === undefined ? {} : { run: from.run }) };
  const { actor, from: first, to: last, actions } = from.events;
  return {
    kind: 'events',
    choice: {
      actor,
      ...(first === undefined ? {} : { from: first }),
      ...(last === undefined ? {} : { to: last }),
      ...(actions === undefined ? {} : { actions }),
    },
  };
};
