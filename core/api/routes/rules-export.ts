import { EXPORTERS } from '../../rules/export/index.ts';
import type { EngineContext } from '../engine/context.ts';
import { planExport, requireExportable, writeExport } from '../rules/export-rules.ts';
import { requireRules } from '../rules/rules-text.ts';
import { saysSearched } from '../rules/sayable.ts';
import { zipOf } from '../rules/zip.ts';
import { base } from './base.ts';

type Exported = {
  readonly ids: readonly string[];
  readonly target: string;
  readonly events?: string | undefined;
  readonly features?: string | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
};

/** Procedures about rules as other systems run them. */
export const ruleExports = ({ session, grants }: EngineContext) => {
  const { rules } = base;
  const held = () => session.require();
  const savedRule = (id: string, version?: number) => requireRules(held().rules.get(id, version).text, id)[0];
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

  return {
    targets: rules.targets.handler(() =>
      EXPORTERS.map((exporter) => ({
        name: exporter.name,
        title: exporter.title,
        sentence: exporter.sentence,
        saysSuggested: saysSearched(exporter),
      })),
    ),
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
  };
};
