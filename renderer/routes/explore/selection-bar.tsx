import type { ReactNode } from 'react';
import type { Verdict } from '../../../core/api/contract.ts';
import { formatCount } from '../../plots/format.ts';
import { RulesIcon } from '../../ui/icons.tsx';
import { Button, VERDICTS } from '../../ui/index.ts';
import { VERDICT_KEYS } from './decision-box.tsx';
import css from './explore.module.css';

/** What can be done to all selected actors at once. */
export const SelectionBar = (props: {
  readonly count: number;
  readonly onDecide: (verdict: Verdict | null) => void;
  readonly onMakeRule: () => void;
  readonly onClear: () => void;
}): ReactNode => (
  <div className={css.selection} role="toolbar" aria-label="Selected actors">
    <b>{formatCount(props.count)} selected</b>
    {VERDICT_KEYS.map(([verdict]) => (
      <Button key={verdict} icon={VERDICTS[verdict].icon} onPress={() => props.onDecide(verdict)}>
        {VERDICTS[verdict].label}
      </Button>
    ))}
    <Button kind="quiet" onPress={() => props.onDecide(null)}>
      Take back
    </Button>
    <Button icon={RulesIcon} onPress={props.onMakeRule}>
      Make a rule
    </Button>
    <Button kind="quiet" onPress={props.onClear}>
      Clear
    </Button>
  </div>
);
