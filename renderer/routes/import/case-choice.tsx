import type { CaseInfo } from '../../../core/api/contract.ts';
import { RadioGroup, TextField } from '../../ui/index.ts';
import type { CasePlan } from './use-start-import.ts';
import css from './import.module.css';

type CaseChoiceProps = {
  readonly open: CaseInfo | null;
  readonly plan: CasePlan;
  readonly onChange: (plan: CasePlan) => void;
  /** Why a name was refused. */
  readonly nameError: string | null;
};

/** Which case the files go to, and who will be able to look behind its pseudonyms. */
export const CaseChoice = ({ open, plan, onChange, nameError }: CaseChoiceProps) => (
  <section className={css.section} aria-labelledby="case-choice">
    <div className={css.sectionHead}>
      <h2 id="case-choice">Case</h2>
    </div>
    {open === null ? null : (
      <RadioGroup
        label="Where the events go"
        isLabelHidden
        value={plan.into}
        onChange={(into) => onChange({ ...plan, into })}
        options={[
          { id: 'open', label: `Into ${open.name}` },
          { id: 'new', label: 'Into a new case' },
        ]}
      />
    )}
    {plan.into === 'open' ? null : (
      <>
        <TextField
          label="Name of the new case"
          value={plan.name}
          onChange={(name) => onChange({ ...plan, name })}
          maxLength={80}
          {...(nameError === null ? {} : { error: nameError })}
        />
        <RadioGroup
          label="Who can look behind pseudonyms later"
          value={plan.vault}
          onChange={(vault) => onChange({ ...plan, vault })}
          options={[
            {
              id: 'keyring',
              label: 'You, on this machine.',
              detail: 'The key lies in your own settings here. A copy of the case is worth nothing without them.',
            },
            {
              id: 'passphrase',
              label: 'Whoever knows a passphrase.',
              detail: 'It is asked for each time the case is opened. A lost passphrase cannot be replaced.',
            },
            {
              id: 'none',
              label: 'Nobody, ever.',
              detail: 'No key is kept, and the case takes no further files after this import.',
            },
          ]}
        />
        {plan.vault === 'passphrase' ? (
          <>
            <TextField
              label="Passphrase"
              type="password"
              value={plan.passphrase}
              onChange={(passphrase) => onChange({ ...plan, passphrase })}
              maxLength={1024}
            />
            <TextField
              label="The same again"
              type="password"
              value={plan.repeated}
              onChange={(repeated) => onChange({ ...plan, repeated })}
              maxLength={1024}
              {...(plan.repeated === '' || plan.passphrase.startsWith(plan.repeated)
                ? {}
                : { error: 'It is not the same.' })}
            />
          </>
        ) : null}
      </>
    )}
  </section>
);
