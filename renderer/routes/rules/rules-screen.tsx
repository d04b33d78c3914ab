import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { api } from '../../client.ts';
import { count } from '../../format.ts';
import { Screen } from '../../shell/screen.tsx';
import { RulesIcon } from '../../ui/icons.tsx';
import { Button, EmptyState, ErrorState, LoadingState, showToast, Tabs, useCommands } from '../../ui/index.ts';
import { NoCase } from '../no-case.tsx';
import { draftOf, keepDraft, NEW } from './drafts.ts';
import { ExportDialog } from './export-dialog.tsx';
import { HistoryTab } from './history-tab.tsx';
import { OverlapTab } from './overlap-tab.tsx';
import { ReviewedRules } from './reviewed-rules.tsx';
import { RuleList } from './rule-list.tsx';
import { RuleWorkbench } from './rule-workbench.tsx';
import type { RulePart, RuleTab } from './search.ts';
import { startOf } from './start-of.ts';
import { SuggestTab } from './suggest-tab.tsx';
import { redoRule, TOPIC, undoRule } from './undo.ts';
import css from './rules.module.css';

const TITLE = 'Rules';
const route = getRouteApi('/rules');

/** From a finding to a rule another system runs: write, suggest, measure, compare, export. */
export const RulesScreen = (): ReactNode => {
  const { data: open } = useQuery(api.case.current.queryOptions());
  const { data: app } = useQuery(api.app.info.queryOptions());
  if (open === null) return <NoCase title={TITLE} />;
  if (open === undefined || app === undefined) return <LoadingState label="Reading the case" />;
  return app.role === 'reviewer' ? <ReviewedRules title={TITLE} /> : <Workspace />;
};

const Workspace = (): ReactNode => {
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const { data: rules, error, refetch } = useQuery(api.rules.list.queryOptions());
  const { data: history } = useQuery(api.rules.history.queryOptions());
  const { undo, redo } = history ?? { undo: null, redo: null };
  const [exporting, setExporting] = useState<readonly string[] | null>(null);
  const tab = search.tab ?? 'write';
  const goTo = (next: RuleTab): void => void navigate({ search: (now) => ({ ...now, tab: next }) });
  const choose = (rule: string | undefined): void =>
    void navigate({ search: (now) => ({ ...now, tab: 'write', rule, part: undefined }) });
  const exportable = (rules ?? []).filter(({ state }) => state !== 'retired').map(({ id }) => id);
  useCommands([
    { id: 'rules.new', title: 'Write a new rule', group: 'Rules', run: () => choose(NEW) },
    { id: 'rules.suggest', title: 'Look for rules', group: 'Rules', run: () => goTo('suggest') },
    {
      id: 'rules.export',
      title: 'Export rules',
      group: 'Rules',
      isEnabled: exportable.length > 0,
      run: () => setExporting(exportable),
    },
    {
      id: 'undo',
      title: undo === null ? 'Undo' : `Undo: ${undo}`,
      keys: 'Mod+Z',
      group: 'Rules',
      isEnabled: undo !== null,
      run: () => void undoRule(),
    },
    {
      id: 'redo',
      title: redo === null ? 'Redo' : `Redo: ${redo}`,
      keys: 'Shift+Mod+Z',
      group: 'Rules',
      isEnabled: redo !== null,
      run: () => void redoRule(),
    },
  ]);
  if (error !== null) {
    return (
      <Screen title={TITLE}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Screen>
    );
  }
  if (rules === undefined) {
    return (
      <Screen title={TITLE}>
        <LoadingState label="Reading rules" />
      </Screen>
    );
  }
  const live = rules.filter(({ state }) => state === 'live').length;
  const shown = search.rule ?? rules[0]?.id;
  return (
    <Screen
      title={TITLE}
      about={rules.length === 0 ? 'None saved yet.' : `${count(rules.length)} saved, ${count(live)} live elsewhere`}
      actions={
        <Button isDisabled={exportable.length === 0} onPress={() => setExporting(exportable)}>
          Export rules
        </Button>
      }
      isFixed
    >
      <Tabs<RuleTab>
        label="Parts of the rules workspace"
        className={css.tabs ?? ''}
        selected={tab}
        onSelect={goTo}
        tabs={[
          {
            id: 'write',
            title: 'Write',
            panel: (
              <div className={css.split}>
                <RuleList rules={rules} chosen={shown} onChoose={choose} />
                {shown === undefined ? (
                  <Begin onNew={() => choose(NEW)} onSuggest={() => goTo('suggest')} />
                ) : (
                  <RuleWorkbench
                    key={shown}
                    rule={shown}
                    part={search.part ?? 'text'}
                    onPart={(part: RulePart) => void navigate({ search: (now) => ({ ...now, rule: shown, part }) })}
                    onChoose={choose}
                    onNamed={(rule) => void navigate({ search: (now) => ({ ...now, rule }), replace: true })}
                    onExport={(id) => setExporting([id])}
                  />
                )}
              </div>
            ),
          },
          {
            id: 'suggest',
            title: 'Suggestions',
            panel: (
              <SuggestTab
                from={startOf(search)}
                onClear={() =>
                  void navigate({
                    search: (now) => ({
                      ...now,
                      actors: undefined,
                      group: undefined,
                      run: undefined,
                      events: undefined,
                    }),
                  })
                }
                onUse={(text) => {
                  beginWith(text);
                  choose(NEW);
                }}
              />
            ),
          },
          { id: 'overlap', title: 'Overlap', panel: <OverlapTab rules={rules} /> },
          { id: 'history', title: 'History', panel: <HistoryTab /> },
        ]}
      />
      {exporting === null ? null : <ExportDialog rules={rules} chosen={exporting} onClose={() => setExporting(null)} />}
    </Screen>
  );
};

/** Begins a new rule with a text; one that was being written can be had back. */
const beginWith = (text: string): void => {
  const before = draftOf(NEW);
  keepDraft(NEW, { text, note: '', base: null });
  if (before === undefined || before.text === text) return;
  showToast({
    topic: TOPIC,
    text: 'It took the place of the new rule that was not saved.',
    action: { label: 'Undo', run: () => keepDraft(NEW, before) },
  });
};

const Begin = (props: { readonly onNew: () => void; readonly onSuggest: () => void }): ReactNode => (
  <EmptyState
    icon={RulesIcon}
    title="No rules yet."
    actions={
      <>
        <Button kind="primary" onPress={props.onSuggest}>
          Suggest one
        </Button>
        <Button onPress={props.onNew}>Write one</Button>
      </>
    }
  >
    A rule says in a few conditions what abuse looks like, so that another system can find it. It is measured on this
    case before it is saved, and checked for anything that would give a single actor away before it leaves.
  </EmptyState>
);
