import { actorPlace, dayName, overlapMatrix, sampleUnlabelled } from '../../rules/backtest/index.ts';
import { seededRandom } from '../../random/index.ts';
import { parseRules } from '../../rules/text/parse-rules.ts';
import type { SuggestFrom } from '../contract/rules.ts';
import type { BacktestReport } from '../contract/rules-findings.ts';
import type { EngineContext } from '../engine/context.ts';
import { backtestJob } from '../rules/backtest-job.ts';
import { checkRules } from '../rules/check-rules.ts';
import { diffVersions } from '../rules/diff-versions.ts';
import { impactOf } from '../rules/impact.ts';
import { requireRules, requireValidRules } from '../rules/rules-text.ts';
import { sayableIn } from '../rules/sayable.ts';
import { suggestJob, type SuggestFrom as SearchFrom, type Suggested } from '../rules/suggest-job.ts';
import { base } from './base.ts';

/** What a job found, until the app is started anew or another case is open. */
type Found<T> = { readonly job: string; readonly caseId: string; readonly what: T };

/** Procedures about what rules find, would find, and could be. */
export const ruleFindings = ({ session, jobs, grants }: EngineContext) => {
  const { rules } = base;
  const held = () => session.require();
  let backtested: Found<{ readonly text: string; readonly report: BacktestReport }> | null = null;
  let suggested: Found<Suggested & { readonly from: SuggestFrom; readonly target: string | null }> | null = null;
  const ofThisCase = <T>(found: Found<T> | null): Found<T> | null =>
    found?.caseId === session.current()?.case.id ? found : null;
  const savedRule = (id: string, version?: number) => requireRules(held().rules.get(id, version).text, id)[0];

  return {
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
    startSuggest: rules.startSuggest.handler(({ input: { from, target } }) => {
      const opened = held();
      if (target !== undefined) sayableIn(target);
      const job = jobs.start(
        'suggest',
        'Look for rules',
        suggestJob(opened, startOf(from), target, (what) => {
          suggested = { job, caseId: opened.case.id, what: { ...what, from, target: target ?? null } };
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
  };
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
