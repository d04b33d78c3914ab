import { Checkbox } from '../../ui/index.ts';
import css from './privacy.module.css';

type Props = {
  readonly title: string;
  readonly hint: string;
  readonly names: readonly string[];
  readonly selected: readonly string[];
  /** Chosen on the other side. */
  readonly disabled: readonly string[];
  readonly onChange: (selected: readonly string[]) => void;
};

/** Names of columns to choose among. */
export const RiskChoice = ({ title, hint, names, selected, disabled, onChange }: Props) => (
  <fieldset className={css.columns}>
    <legend>{title}</legend>
    <p className={css.muted}>{hint}</p>
    <div className={css.columnList} tabIndex={0} role="group" aria-label={title}>
      {names.map((name) => (
        <Checkbox
          key={name}
          isSelected={selected.includes(name)}
          isDisabled={disabled.includes(name)}
          onChange={(isSelected) =>
            onChange(isSelected ? [...selected, name] : selected.filter((each) => each !== name))
          }
        >
          {name}
        </Checkbox>
      ))}
    </div>
  </fieldset>
);
