import { useState, type ReactNode } from 'react';
import type { RuleListing } from '../../../core/api/contract.ts';
import { counted } from '../../format.ts';
import { PlusIcon } from '../../ui/icons.tsx';
import { Button, Chip, cx, SearchField } from '../../ui/index.ts';
import { NEW, useDraftIds } from './drafts.ts';
import { STATES } from './state-words.ts';
import css from './rules.module.css';

type Props = {
  readonly rules: readonly RuleListing[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  /** Whether a new one can be begun. */
  readonly canWrite?: boolean;
};

/** Every saved rule with its state; those with unsaved words are marked. */
export const RuleList = ({ rules, chosen, onChoose, canWrite = true }: Props): ReactNode => {
  const [words, setWords] = useState('');
  const unsaved = useDraftIds();
  const wanted = words.trim().toLowerCase();
  const shown = rules.filter(
    ({ id, title, words: said, state }) =>
      wanted === '' || [id, title, said, STATES[state].label].some((each) => each.toLowerCase().includes(wanted)),
  );
  return (
    <nav className={css.list} aria-label="Saved rules">
      <div className={css.listHead}>
        <SearchField label="Find a rule" isLabelHidden value={words} onChange={setWords} placeholder="Find a rule" />
        {canWrite ? (
          <Button icon={PlusIcon} onPress={() => onChoose(NEW)} label="New rule">
            New
          </Button>
        ) : null}
      </div>
      <div className={css.listBody}>
        {chosen === NEW || unsaved.has(NEW) ? (
          <Item isChosen={chosen === NEW} onChoose={() => onChoose(NEW)}>
            <span className={css.itemTitle}>New rule</span>
            <span className={css.muted}>not saved yet</span>
          </Item>
        ) : null}
        {shown.map((rule) => (
          <Item key={rule.id} isChosen={rule.id === chosen} onChoose={() => onChoose(rule.id)}>
            <span className={css.itemHead}>
              <span className={css.itemTitle} title={rule.title}>
                {rule.title}
              </span>
              <Chip tone={STATES[rule.state].tone}>{STATES[rule.state].label}</Chip>
            </span>
            <span className={css.mono}>{rule.id}</span>
            <span className={css.muted}>
              {rule.severity} · version {rule.version}
              {unsaved.has(rule.id) ? ' · unsaved changes' : ''}
              {rule.expires === null ? '' : ` · until ${rule.expires}`}
              {rule.warnings.length === 0 ? '' : ` · ${counted(rule.warnings.length, 'warning')}`}
            </span>
          </Item>
        ))}
        {shown.length === 0 && rules.length > 0 ? <p className={css.none}>No rule has these words.</p> : null}
      </div>
    </nav>
  );
};

const Item = (props: {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}): ReactNode => (
  <button
    type="button"
    className={cx(css.item, props.isChosen && css.itemChosen)}
    aria-current={props.isChosen}
    onClick={props.onChoose}
  >
    {props.children}
  </button>
);
