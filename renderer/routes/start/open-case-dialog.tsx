import { useState } from 'react';
import { Button, Dialog, TextField } from '../../ui/index.ts';
import type { Opening } from './use-open-case.ts';

/** Asks for the passphrase of a case. */
export const OpenCaseDialog = ({ opening }: { readonly opening: Opening }) => {
  const [passphrase, setPassphrase] = useState('');
  const close = (): void => {
    setPassphrase('');
    opening.giveUp();
  };
  return (
    <Dialog
      title={`Open ${opening.asks?.name ?? 'the case'}`}
      isOpen={opening.asks !== null}
      onClose={opening.isBusy ? () => {} : close}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          opening.answer(passphrase);
          setPassphrase('');
        }}
        style={{ display: 'flex', flexDirection: 'column', gap: 16 }}
      >
        <TextField
          label="Passphrase"
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          autoFocus
          maxLength={1024}
          description="The vault of this case is sealed with a passphrase that only you know. It stays on this machine."
          {...(opening.refusal === null || passphrase !== '' ? {} : { error: opening.refusal })}
        />
        <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
          <Button isDisabled={opening.isBusy} onPress={close}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" isDisabled={passphrase === '' || opening.isBusy}>
            {opening.isBusy ? 'Opening' : 'Open'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
