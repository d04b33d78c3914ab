import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import type { RuleState, SavedRule } from '../../../core/api/contract.ts';
import { api, client } from '../../client.ts';
import { toProblem } from '../../problem.ts';
import {
  Button,
  Chip,
  ErrorNotice,
  ErrorState,
  LoadingState,
  Menu,
  Select,
  showError,
  showToast,
  Tabs,
  TextField,
  useCommands,
  useIsShown,
} from '../../ui/index.ts';
import { BacktestPart } from './backtest-part.tsx';
import { BLANK, dropDraft, keepDraft, NEW, settleDraft, useDraft } from './drafts.ts';
import { RuleText } from './rule-text.tsx';
import type { RulePart } from './search.ts';
import { STATES } from './state-words.ts';
import { rulesChanged, TOPIC, undoRule } from './undo.ts';
import { VersionsPart } from './versions-part.tsx';
import { MoreIcon } from '../../ui/icons.tsx';
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
  const draft = useDraft(rule);
  const isShown = useIsShown();
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const note = draft?.note ?? '';
  const text = draft?.text ?? saved?.text ?? BLANK;
  const isChanged = draft !== undefined && draft.text !== saved?.text;
  const base = isChanged ? draft.base : saved && { id: saved.id, version: saved.version };
  useEffect(() => {
    if (saved !== null && draft?.text === saved.text) dropDraft(rule); // saved, and the answer was lost
  }, [rule, saved, draft]);
  const change = (next: string): void => {
    setFailure(null);
    if (next === saved?.text) dropDraft(rule);
    else keepDraft(rule, { text: next, note, base });
  };
  const discard = (): void => {
    dropDraft(rule);
    setFailure(null);
    if (saved === null) onChoose(undefined);
    showToast({
      topic: TOPIC,
      text: 'Unsaved changes discarded.',
      ...(draft === undefined ? {} : { action: { label: 'Undo', run: () => keepDraft(rule, draft) } }),
    });
  };
  const save = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(null);
    try {
      const replaces = base === null ? null : { id: base.id, version: base.version };
      const { saved: made } = await client.rules.save({ text, note, replaces });
      await rulesChanged(); // before the draft goes, or the text before it would show
      const first = made[0];
      if (first === undefined) dropDraft(rule);
      else {
        settleDraft(rule, { text, note }, first);
        showToast({
          topic: TOPIC,
          text: `Saved as version ${first.version}, a draft.`,
          action: { label: 'Undo', run: () => void undoRule() },
        });
        if (first.id !== rule && isShown()) onNamed(first.id);
      }
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const setState = async (state: RuleState): Promise<void> => {
    try {
      await client.rules.setState({ id: rule, state });
      await rulesChanged();
      showToast({ topic: TOPIC, text: `${STATES[state].label}: ${STATES[state].about}.`, action: UNDO });
    } catch (error) {
      showError(error);
    }
  };
  const remove = async (): Promise<void> => {
    try {
      await client.rules.remove({ id: rule });
      dropDraft(rule);
      await rulesChanged();
      if (isShown()) onChoose(undefined);
      showToast({ topic: TOPIC, text: 'Rule removed.', action: UNDO });
    } catch (error) {
      showError(error);
    }
  };
  useCommands([
    {
      id: 'rules.save',
      title: 'Save the rule',
      keys: 'Mod+S',
      group: 'Rules',
      isEnabled: (isChanged || saved === null) && !isBusy,
      run: () => void save(),
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
  const isStale = saved !== null && base !== null && base.version < saved.version;
  return (
    <section className={css.workbench} aria-label={saved?.title ?? 'New rule'}>
      <header className={css.head}>
        <div className={css.headTitle}>
          <h2>{saved?.title ?? 'New rule'}</h2>
          {saved === null ? <Chip>not saved yet</Chip> : <Chip>version {saved.version}</Chip>}
          {isChanged && saved !== null ? <Chip tone="warn">unsaved changes</Chip> : null}
        </div>
        {saved === null ? null : (
          <Select<RuleState>
            label="State"
            isLabelHidden
            value={saved.state}
            onChange={(state) => void setState(state)}
            options={STATE_OPTIONS}
          />
        )}
        {isChanged || saved === null ? (
          <>
            <TextField
              label="What changed"
              isLabelHidden
              value={note}
              onChange={(written) => keepDraft(rule, { text, note: written, base })}
              placeholder="What changed, and why"
            />
            {isChanged ? (
              <Button kind="quiet" onPress={discard}>
                Discard
              </Button>
            ) : null}
            <Button kind="primary" isBusy={isBusy} onPress={() => void save()}>
              Save
            </Button>
          </>
        ) : (
          <Button onPress={() => onExport(rule)}>Export</Button>
        )}
        {saved === null ? null : (
          <Menu
            label="More about this rule"
            entries={[{ id: 'remove', label: 'Remove the rule', run: () => void remove() }]}
          >
            <Button icon={MoreIcon} label="More about this rule" kind="quiet">
              {''}
            </Button>
          </Menu>
        )}
      </header>
      {failure === null ? null : (
        <ErrorNotice
          error={failure}
          actions={
            isStale && toProblem(failure).code === 'input' ? (
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
            panel: <RuleText text={text} onChange={change} onBacktest={() => onPart('backtest')} />,
          },
          {
            id: 'backtest',
            title: 'Backtest',
            panel: <BacktestPart text={text} saved={saved} isChanged={isChanged} />,
          },
          {
            id: 'versions',
            title: saved === null ? 'Versions' : `Versions · ${saved.versions.length}`,
            panel: (
              <VersionsPart
                saved={saved}
                onTake={(older) => {
                  change(older);
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

const UNDO = { label: 'Undo', run: () => void undoRule() };

const STATE_OPTIONS = (['draft', 'shadow', 'live', 'retired'] as const).map((id) => ({
  id,
  label: STATES[id].label,
  detail: STATES[id].about,
}));
