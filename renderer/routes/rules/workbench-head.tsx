import type { ReactNode } from 'react';
import type { RuleState, SavedRule } from '../../../core/api/contract.ts';
import { Button, Chip, Menu, Select, TextField } from '../../ui/index.ts';
import { MoreIcon } from '../../ui/icons.tsx';
import { STATES } from './state-words.ts';
import type { RuleEditing } from './use-rule-editing.ts';
import css from './rules.module.css';

type Props = {
  /** Null for one that was never saved. */
  readonly saved: SavedRule | null;
  readonly editing: RuleEditing;
  readonly onExport: () => void;
};

/** A rule's title, version and state, and what can be done with it. */
export const WorkbenchHead = ({ saved, editing, onExport }: Props): ReactNode => (
  <header className={css.head}>
    <div className={css.headTitle}>
      <h2>{saved?.title ?? 'New rule'}</h2>
      {saved === null ? <Chip>not saved yet</Chip> : <Chip>version {saved.version}</Chip>}
      {editing.isChanged && saved !== null ? <Chip tone="warn">unsaved changes</Chip> : null}
    </div>
    {saved === null ? null : (
      <Select<RuleState>
        label="State"
        isLabelHidden
        value={saved.state}
        onChange={(state) => void editing.setState(state)}
        options={STATE_OPTIONS}
      />
    )}
    {editing.isChanged || saved === null ? (
      <>
        <TextField
          label="What changed"
          isLabelHidden
          value={editing.note}
          onChange={editing.writeNote}
          placeholder="What changed, and why"
        />
        {editing.isChanged ? (
          <Button kind="quiet" onPress={editing.discard}>
            Discard
          </Button>
        ) : null}
        <Button kind="primary" isBusy={editing.isBusy} onPress={() => void editing.save()}>
          Save
        </Button>
      </>
    ) : (
      <Button onPress={onExport}>Export</Button>
    )}
    {saved === null ? null : (
      <Menu
        label="More about this rule"
        entries={[{ id: 'remove', label: 'Remove the rule', run: () => void editing.remove() }]}
      >
        <Button icon={MoreIcon} label="More about this rule" kind="quiet">
          {''}
        </Button>
      </Menu>
    )}
  </header>
);

const STATE_OPTIONS = (['draft', 'shadow', 'live', 'retired'] as const).map((id) => ({
  id,
  label: STATES[id].label,
  detail: STATES[id].about,
}));
