import { useQuery } from '@tanstack/react-query';
import type { ImportOptions, InspectedField, InspectedFile } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { count, counted, revealed, share } from '../../format.ts';
import { ArrowRightIcon } from '../../ui/icons.tsx';
import { cx, Select } from '../../ui/index.ts';
import { policyChoices, policyFor, policyKey, saidColumn, withColumn, withPolicy } from './edit-options.ts';
import { policyWords, PRIVACY } from './policy-words.ts';
import css from './import.module.css';

const DROPPED = '(dropped)';

type ColumnTableProps = {
  readonly file: InspectedFile;
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
};

/** Every field of a file: what it looks like, what it becomes, what that does to a value, and why. */
export const ColumnTable = ({ file, options, onChange }: ColumnTableProps) => {
  const { data: vocabulary } = useQuery(api.import.vocabulary.queryOptions());
  const named = vocabulary?.columns ?? [];
  return (
    <div className={css.scroll}>
      <table aria-label="Columns" className={cx(css.table, css.columns)}>
        <thead>
          <tr>
            <th>Field</th>
            <th>Looks like</th>
            <th>Event column</th>
            <th>What happens to it</th>
            <th>Before and after</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {file.fields.map((field) => {
            const said = saidColumn(options, field.field);
            const column = said === undefined ? field.column : said;
            const own =
              column === null || named.some(({ name }) => name === column) ? [] : [{ id: column, label: column }];
            const policy = policyFor(options, field.field) ?? field.policy;
            return (
              <tr key={field.field} className={cx(column === null && css.dropped)}>
                <td>
                  <span className={css.field}>
                    <span className={css.fieldName} title={revealed(field.field)}>
                      {revealed(field.field)}
                    </span>
                    <span
                      className={css.muted}
                      title={`${share(field.filledShare)} of the rows have a value; ${counted(field.distinct, 'value differs', 'values differ')}`}
                    >
                      {field.filledShare === 1 ? '' : `${share(field.filledShare)}, `}
                      {count(field.distinct)} distinct
                    </span>
                  </span>
                </td>
                <td>
                  <span className={css.field}>
                    <span>{field.looksLike}</span>
                    <PrivacyChip field={field} />
                  </span>
                </td>
                <td>
                  <Select
                    label={`Event column of ${field.field}`}
                    isLabelHidden
                    size="dense"
                    value={column ?? DROPPED}
                    options={[
                      ...own,
                      ...named.map(({ name, meaning }) => ({ id: name, label: name, detail: meaning })),
                      { id: DROPPED, label: 'None', detail: 'The field is dropped' },
                    ]}
                    onChange={(next) => onChange(withColumn(options, field.field, next === DROPPED ? null : next))}
                  />
                </td>
                <td>
                  <Select
                    label={`What happens to ${field.field}`}
                    isLabelHidden
                    size="dense"
                    value={policyKey(policy)}
                    options={policyChoices({ ...field, policy }).map((choice) => ({
                      id: policyKey(choice),
                      ...policyWords(choice),
                    }))}
                    onChange={(key) => {
                      const chosen = policyChoices({ ...field, policy }).find((choice) => policyKey(choice) === key);
                      if (chosen !== undefined) onChange(withPolicy(options, field.field, chosen));
                    }}
                  />
                </td>
                <td>
                  <BeforeAfter field={field} />
                </td>
                <td>
                  <Confidence value={said === undefined ? field.confidence : null} />
                  <span className={css.why} title={field.reason}>
                    {field.reason}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};

const PrivacyChip = ({ field }: { readonly field: InspectedField }) => {
  const { label, meaning } = PRIVACY[field.privacy];
  return (
    <span className={css.muted} title={meaning}>
      {label}
    </span>
  );
};

const BeforeAfter = ({ field }: { readonly field: InspectedField }) => (
  <span className={css.sample}>
    <span className={cx(css.before, field.masked && css.masked)} title={field.masked ? MASKED : undefined}>
      {revealed(field.before ?? '')}
    </span>
    <ArrowRightIcon size={12} />
    {field.after === null ? (
      <span className={css.nothing}>nothing</span>
    ) : (
      <span title={AFTER}>{revealed(field.after)}</span>
    )}
  </span>
);

const AFTER = 'What the case will hold. Tokens differ from case to case.';
const MASKED = 'The shape of a value: letters as a or A, digits as 0';

const Confidence = ({ value }: { readonly value: number | null }) => {
  if (value === null) return null;
  return (
    <span className={css.confidence}>
      <span className={cx(css.meter, value < 0.6 && css.low)} aria-hidden="true">
        <span style={{ width: `${Math.round(value * 100)}%` }} />
      </span>
      {Math.round(value * 100)} % sure
    </span>
  );
};
