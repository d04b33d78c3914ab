import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SavedRule } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { toProblem } from '../../problem.ts';
import { Button, ErrorNotice, ErrorState, LoadingState, Tabs, useCommands } from '../../ui/index.ts';
import { BacktestPart } from './backtest-part.tsx';
import { NEW } from './drafts.ts';
import { RuleText } from './rule-text.tsx';
import type { RulePart } from './search.ts';
import { useRuleEditing } from './use-rule-editing.ts';
import { VersionsPart } from './versions-part.tsx';
import { WorkbenchHead } from './workbench-head.tsx';
import css from './rules.module.css';

type Props = {
  /** An id, or `new`. */
  readonly rule: string;
  readonly part: RulePart;
  readonly onPart: (part: RulePart) => void;
  readonly onChoose: (id: string | undefined) => void;
  /** The new rule got an id, or this one another: the same side of it is looked at from now on. */
  readonly onNamed: (id: string) => void;
  readonly onExport: (id: string) => void;
};

/** One rule: its text with its impact, backtests of it, and its versions. */
export const RuleWorkbench = (props: Props): ReactNode => {
  const { rule } = props;
  const saved = useQuery(api.rules.get.queryOptions({ input: { id: rule }, enabled: rule !== NEW }));
  if (rule !== NEW && saved.error !== null) {
    return <ErrorState error={saved.error} onRetry={() => void saved.refetch()} />;
  }
  if (rule !== NEW && saved.data === undefined) return <LoadingState label="Reading the rule" />;
  return <Workbench {...props} saved={saved.data ?? null} />;
};

const Workbench = ({
  rule,
  part,
  onPart,
  onChoose,
  onNamed,
  onExport,
  saved,
}: Props & { readonly saved: SavedRule | null }) => {
  const editing = useRuleEditing({ rule, saved, onChoose, onNamed });
  useCommands([
    {
      id: 'rules.save',
      title: 'Save the rule',
      keys: 'Mod+S',
      group: 'Rules',
      isEnabled: (editing.isChanged || saved === null) && !editing.isBusy,
      run: () => void editing.save(),
    },
    { id: 'rules.backtest', title: 'Backtest the rule', group: 'Rules', run: () => onPart('backtest') },
    {
      id: 'rules.export-one',
      title: 'Export the rule',
      group: 'Rules',
      isEnabled: saved !== null,
      run: () => onExport(rule),
    },
  ]);
  return (
    <section className={css.workbench} aria-label={saved?.title ?? 'New rule'}>
      <WorkbenchHead saved={saved} editing={editing} onExport={() => onExport(rule)} />
      {editing.failure === null ? null : (
        <ErrorNotice
          error={editing.failure}
          actions={
            editing.isStale && toProblem(editing.failure).code === 'input' ? (
              <Button onPress={() => onPart('versions')}>See the newer version</Button>
            ) : undefined
          }
        />
      )}
      <Tabs<RulePart>
        label="Sides of the rule"
        className={css.parts ?? ''}
        selected={part}
        onSelect={onPart}
        tabs={[
          {
            id: 'text',
            title: 'Text',
            panel: <RuleText text={editing.text} onChange={editing.change} onBacktest={() => onPart('backtest')} />,
          },
          {
            id: 'backtest',
            title: 'Backtest',
            panel: <BacktestPart text={editing.text} saved={saved} isChanged={editing.isChanged} />,
          },
          {
            id: 'versions',
            title: saved === null ? 'Versions' : `Versions · ${saved.versions.length}`,
            panel: (
              <VersionsPart
                saved={saved}
                onTake={(older) => {
                  editing.change(older);
                  onPart('text');
                }}
              />
            ),
          },
        ]}
      />
    </section>
  );
};
