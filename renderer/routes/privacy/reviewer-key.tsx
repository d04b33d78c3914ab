import type { Grant } from '../../../core/api/contract.ts';
import { chooseFiles, isDesktop } from '../../client.ts';
import { takeIn } from '../../intake.ts';
import { KeyIcon } from '../../ui/icons.tsx';
import { Button, TextField } from '../../ui/index.ts';
import css from './privacy.module.css';

export type KeyChoice = { readonly grant: Grant | null; readonly passphrase: string };
/** A chosen key, as calls take it. */
export type SigningKey = { readonly key: string; readonly passphrase?: string };
export const NO_KEY: KeyChoice = { grant: null, passphrase: '' };

/** The key of a reviewer, as a call takes it; null until one is chosen. */
export const keyInput = ({ grant, passphrase }: KeyChoice): SigningKey | null =>
  grant === null ? null : { key: grant.id, ...(passphrase === '' ? {} : { passphrase }) };

/** Chooses a reviewer's key file. The page sees its name only: neither its path nor the key. */
export const ReviewerKeyField = ({
  value,
  onChange,
}: {
  readonly value: KeyChoice;
  readonly onChange: (part: Partial<KeyChoice>) => void;
}) => (
  <div className={css.stack}>
    <div className={css.line}>
      <Button
        icon={KeyIcon}
        onPress={() =>
          void takeIn(chooseFiles).then(([grant]) => {
            if (grant !== undefined) onChange({ grant });
          })
        }
      >
        {value.grant === null ? 'Choose your key file' : 'Choose another key file'}
      </Button>
      <span className={css.muted}>{value.grant === null ? 'No key chosen' : value.grant.name}</span>
    </div>
    <TextField
      label="Passphrase of the key"
      type="password"
      value={value.passphrase}
      onChange={(passphrase) => onChange({ passphrase })}
      description="Empty where the key has none. It is used once and not kept."
    />
    {isDesktop ? null : (
      <p className={css.muted}>
        In a browser a copy of the file is handed over; it is removed as soon as it was used. The desktop app reads it
        where it lies.
      </p>
    )}
  </div>
);
