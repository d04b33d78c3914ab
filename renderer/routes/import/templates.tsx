import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportOptions, ImportTemplate, InspectedFile } from '../../../core/api/contract.ts';
import { api, client, queryClient } from '../../client.ts';
import { localTime } from '../../format.ts';
import { CloseIcon, TemplateIcon } from '../../ui/icons.tsx';
import { Button, Dialog, IconButton, showError, showToast, TextField, useIsShown } from '../../ui/index.ts';
import { fittingTemplates } from './edit-options.ts';
import css from './import.module.css';

type TemplatesProps = {
  readonly file: InspectedFile | null;
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
};

/** Mappings kept for files of the same kind: those that fit are offered, this one can be saved. */
export const Templates = ({ file, options, onChange }: TemplatesProps) => {
  const { data } = useQuery(api.import.templates.queryOptions());
  const [isSaving, setSaving] = useState(false);
  const templates = data ?? [];
  const fitting = file === null ? [] : fittingTemplates(templates, file);
  const others = templates.filter((template) => !fitting.includes(template));
  const use = (template: ImportTemplate): void => {
    const before = options;
    onChange(template.options);
    showToast({ text: `Template ${template.name} is used.`, action: { label: 'Undo', run: () => onChange(before) } });
  };
  return (
    <section className={css.section} aria-labelledby="templates">
      <div className={css.sectionHead}>
        <h2 id="templates">Templates</h2>
        <Button kind="quiet" isDisabled={file === null || file.fields.length === 0} onPress={() => setSaving(true)}>
          Save as template
        </Button>
      </div>
      {templates.length === 0 ? (
        <p className={css.muted}>A saved mapping is offered for files with the same fields.</p>
      ) : null}
      <ul className={css.files}>
        {[...fitting, ...others].map((template) => (
          <li key={template.id} className={css.file}>
            <button type="button" className={css.fileButton} onClick={() => use(template)}>
              <TemplateIcon />
              <span className={css.fileName}>{template.name}</span>
              <span className={css.fileFacts}>
                {fitting.includes(template) ? 'Fits this file' : `Saved ${localTime(template.savedAt).slice(0, 10)}`}
              </span>
            </button>
            <IconButton
              icon={CloseIcon}
              label={`Delete template ${template.name}`}
              onPress={() => void remove(template)}
            />
          </li>
        ))}
      </ul>
      {isSaving && file !== null ? <SaveDialog file={file} options={options} onClose={() => setSaving(false)} /> : null}
    </section>
  );
};

type SaveDialogProps = { readonly file: InspectedFile; readonly options: ImportOptions; readonly onClose: () => void };

const SaveDialog = ({ file, options, onClose }: SaveDialogProps) => {
  const [name, setName] = useState(file.name.replace(/\..*$/, ''));
  const [isBusy, setBusy] = useState(false);
  const isShown = useIsShown();
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await saveTemplate({ name: name.trim(), options, fields: file.fields.map(({ field }) => field) });
      showToast({ text: `Template ${name.trim()} is saved.` });
      if (isShown()) onClose();
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Save as template"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isDisabled={name.trim() === ''} isBusy={isBusy} onPress={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <TextField label="Name" value={name} onChange={setName} maxLength={80} autoFocus />
      <p className={css.muted}>
        It keeps what you said about columns, policies, format and times; nothing of the file's contents. One of the
        same name is replaced.
      </p>
    </Dialog>
  );
};

const saveTemplate = async (template: Omit<ImportTemplate, 'id' | 'savedAt'>): Promise<void> => {
  await client.import.saveTemplate(template);
  await queryClient.invalidateQueries({ queryKey: api.import.templates.key() });
};

const remove = async ({ id, name, options, fields }: ImportTemplate): Promise<void> => {
  try {
    await client.import.deleteTemplate({ id });
    await queryClient.invalidateQueries({ queryKey: api.import.templates.key() });
    showToast({
      text: `Template ${name} is deleted.`,
      action: { label: 'Undo', run: () => void saveTemplate({ name, options, fields }).catch(showError) },
    });
  } catch (error) {
    showError(error);
  }
};
