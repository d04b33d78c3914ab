import { z } from 'zod';
import { ruleEvents } from '../../../core/api/contract.ts';

const RULE_TABS = ['write', 'suggest', 'overlap', 'history'] as const;
export type RuleTab = (typeof RULE_TABS)[number];

const RULE_PARTS = ['text', 'backtest', 'versions'] as const;
export type RulePart = (typeof RULE_PARTS)[number];

/** What the address of Rules holds: the tab, the rule that is looked at, and which side of it. */
export const rulesSearch = z.object({
  tab: z.enum(RULE_TABS).optional().catch(undefined),
  /** An id, or `new`. */
  rule: z.string().optional().catch(undefined),
  part: z.enum(RULE_PARTS).optional().catch(undefined),
  /** What a search for rules starts from: pseudonyms, a group of twins, or events of one actor. */
  actors: z.array(z.string()).max(10_000).optional().catch(undefined),
  group: z.number().int().min(0).optional().catch(undefined),
  run: z.string().optional().catch(undefined),
  events: ruleEvents.optional().catch(undefined),
});
export type RulesSearch = z.infer<typeof rulesSearch>;
