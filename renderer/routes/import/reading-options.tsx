import { useQuery } from '@tanstack/react-query';
import type { ImportOptions } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { Button, NumberField, Select, TextField } from '../../ui/index.ts';
import { withSetting } from './edit-options.ts';
import css from './import.module.css';

const SNIFFED = '(sniffed)';

type ReadingOptionsProps = { readonly options: ImportOptions; readonly onChange: (options: ImportOptions) => void };

/** How all files are read where they leave it open. */
export const ReadingOptions = ({ options, onChange }: ReadingOptionsProps) => {
  const { data: vocabulary } = useQuery(api.import.vocabulary.queryOptions());
  const isEdited = Object.keys(options).length > 0;
  return (
    <section className={css.section} aria-labelledby="reading">
      <div className={css.sectionHead}>
        <h2 id="reading">How they are read</h2>
        {isEdited ? (
          <Button kind="quiet" onPress={() => onChange({})}>
            Reset
          </Button>
        ) : null}
      </div>
      <Select
        label="Format"
        value={options.preset ?? SNIFFED}
        options={[
          { id: SNIFFED, label: 'As it looks' },
          ...(vocabulary?.presets ?? []).map(({ name, sentence }) => ({ id: name, label: name, detail: sentence })),
        ]}
        onChange={(next) => onChange(withSetting(options, 'preset', next === SNIFFED ? undefined : next))}
      />
      <TextField
        label="Time zone of times without one"
        placeholder="UTC"
        value={options.timeZone ?? ''}
        onChange={(next) => onChange(withSetting(options, 'timeZone', next))}
        maxLength={64}
        description="A name such as Europe/Berlin, or +02:00"
      />
      <NumberField
        label="Year of times without one"
        value={options.year ?? Number.NaN}
        onChange={(next) => onChange(withSetting(options, 'year', next))}
        min={1970}
        max={2200}
      />
    </section>
  );
};
