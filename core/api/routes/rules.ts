import type { EngineContext } from '../engine/context.ts';
import { base } from './base.ts';
import { ruleExports } from './rules-export.ts';
import { ruleFindings } from './rules-findings.ts';
import { savedRules } from './rules-saved.ts';

/** Procedures about rules. */
export const rulesRoutes = (context: EngineContext) =>
  base.rules.router({ ...savedRules(context), ...ruleFindings(context), ...ruleExports(context) });
