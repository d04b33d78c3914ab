import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { RuleListing, RulesPreview } from '../../../core/api/contract.ts';
import { api, client, saveFolder } from '../../client.ts';
import { counted } from '../../format.ts';
import {
  Button,
  Checkbox,
  cx,
  Dialog,
  ErrorNotice,
  LoadingState,
  Notice,
  Select,
  showToast,
  TextField,
  useIsShown,
} from '../../ui/index.ts';
import css from './rules.module.css';

type Props = {
  readonly rules: readonly RuleListing[];
  readonly chosen: readonly string[];
  readonly onClose: () => void;
};

/** Which rules, for which system: everything that would be written, and what stands in its way, before it is. */
export const ExportDialog = ({ rules, chosen, onClose }: Props): ReactNode => {
  const [ids, setIds] = useState<readonly string[]>(chosen);
  const [target, setTarget] = useState('sigma');
  const [events, setEvents] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isShown = useIsShown();
  const { data: targets } = useQuery(api.rules.targets.queryOptions());
  const asked = { ids: [...ids], target, ...(events.trim() === '' ? {} : { events: events.trim() }) };
  const preview = useQuery(
    api.rules.preview.queryOptions({ input: asked, enabled: ids.length > 0, placeholderData: keepPreviousData }),
  );
  const found = ids.length === 0 ? undefined : preview.data;
  const isBlocked = found === undefined || found.leaks.length > 0 || found.refused.length > 0;
  const run = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const files = await saveFolder(`nightjar-${target.replace(':', '-')}.zip`, (place) =>
        client.rules.export({ ...asked, ...place }),
      );
      if (files === null) return;
      showToast({ text: `${counted(files, 'file')} written. It is in the journal.` });
      if (isShown()) onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Export rules"
      isOpen
      isWidest
      onClose={onClose}
      actions={
        <>
          <span className={css.needed} role="status">
            {ids.length === 0
              ? 'Choose a rule.'
              : found !== undefined && isBlocked
                ? 'Nothing leaves while something above stands in the way.'
                : ''}
          </span>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            kind="primary"
            isDisabled={isBlocked || preview.isFetching}
            isBusy={isBusy}
            onPress={() => void run()}
          >
            {found === undefined ? 'Export' : `Export ${counted(found.files.length, 'file')}`}
          </Button>
        </>
      }
    >
      <div className={css.exporting}>
        <div className={css.exportForm}>
          <Select
            label="For"
            value={target}
            onChange={setTarget}
            options={(targets ?? []).map(({ name, title, sentence }) => ({ id: name, label: title, detail: sentence }))}
          />
          <TextField label="Table or source of events there" value={events} onChange={setEvents} placeholder="events" />
          <fieldset className={css.ruleChoice}>
            <legend className={css.label}>Rules</legend>
            {rules.map(({ id, title }) => (
              <Checkbox
                key={id}
                isSelected={ids.includes(id)}
                onChange={(isOn) => setIds(isOn ? [...ids, id] : ids.filter((each) => each !== id))}
              >
                {title}
              </Checkbox>
            ))}
          </fieldset>
        </div>
        <div className={css.exportFound}>
          {failure === null ? null : <ErrorNotice error={failure} />}
          {preview.error === null ? null : <ErrorNotice error={preview.error} />}
          {found === undefined ? (
            ids.length > 0 && preview.error === null ? (
              <LoadingState label="Writing a preview" />
            ) : null
          ) : (
            <Preview found={found} />
          )}
        </div>
      </div>
    </Dialog>
  );
};

const Preview = ({ found }: { readonly found: RulesPreview }): ReactNode => {
  const [name, setName] = useState<string | null>(null);
  const file = found.files.find((each) => each.name === name) ?? found.files[0];
  return (
    <>
      {found.leaks.length === 0 ? (
        found.refused.length === 0 ? (
          <Notice tone="ok">Checked: nothing in these rules gives a single actor away.</Notice>
        ) : null
      ) : (
        <Notice tone="danger">
          <strong>These rules would give single actors away.</strong>
          {found.leaks.map((leak, i) => (
            <span key={i}>
              <span className={css.mono}>{leak.rule}</span>: {leak.message} {leak.hint}
            </span>
          ))}
        </Notice>
      )}
      {found.refused.map(({ rule, reasons }) => (
        <Notice key={rule} tone="danger">
          <strong>{rule} cannot be said there.</strong>
          {reasons.map((reason) => (
            <span key={reason}>{reason}</span>
          ))}
        </Notice>
      ))}
      {found.differences.map(({ rule, differences }) => (
        <Notice key={rule} tone="warn">
          <strong>{rule} runs differently there.</strong>
          {differences.map((difference) => (
            <span key={difference}>{difference}</span>
          ))}
          <span>A backtest “as it would run” there measures what that costs.</span>
        </Notice>
      ))}
      {file === undefined ? null : (
        <div className={css.files}>
          <nav className={css.fileList} aria-label="Files">
            {found.files.map((each) => (
              <button
                key={each.name}
                type="button"
                className={cx(css.file, each === file && css.itemChosen)}
                aria-current={each === file}
                onClick={() => setName(each.name)}
              >
                {each.name}
              </button>
            ))}
          </nav>
          <pre className={css.source} tabIndex={0} aria-label={file.name}>
            {file.text}
          </pre>
        </div>
      )}
    </>
  );
};
