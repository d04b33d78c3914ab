import { completeAt } from '../../rules/text/complete.ts';
import type { EngineContext } from '../engine/context.ts';
import { checkRules } from '../rules/check-rules.ts';
import { newRules } from '../rules/new-rules.ts';
import type { KeptRule } from '../rules/saved.ts';
import { listRules, showRule } from '../rules/shown-rules.ts';
import { tellingRules, type Withheld } from '../rules/withheld.ts';
import { base } from './base.ts';

/** Procedures about the rules that a case keeps, and about a text that may become one. */
export const savedRules = ({ session, options, raise }: EngineContext) => {
  const { rules } = base;
  const held = () => session.require();
  const role = options.role ?? 'investigator';
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
  const withheld = async (of: readonly KeptRule[]): Promise<Withheld> =>
    role === 'reviewer' ? tellingRules(held().readers, of) : () => 'nothing';

  return {
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
  };
};
