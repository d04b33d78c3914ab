import { useQuery } from '@tanstack/react-query';
import type { OpenColumn } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { ErrorNotice } from '../../ui/index.ts';
import { ComposeBounds } from './compose-bounds.tsx';
import { ComposeFilters } from './compose-filters.tsx';
import { ComposeForest } from './compose-forest.tsx';
import { ComposeKeys } from './compose-keys.tsx';
import { ComposeMeasure } from './compose-measure.tsx';
import { asksForest } from './compose-needs.ts';
import type { Composed } from './composed.ts';

type Props = { readonly form: Composed; readonly onChange: (part: Partial<Composed>) => void };

/** The query: what is measured, by what, of which rows, and what one actor may contribute. */
export const ComposeForm = ({ form, onChange }: Props) => {
  const { data, error } = useQuery(api.privacy.columns.queryOptions());
  const columns = data?.[asksForest(form) ? 'actors' : form.source] ?? NO_COLUMNS;
  return (
    <>
      {error === null ? null : <ErrorNotice error={error} />}
      <ComposeMeasure form={form} columns={columns} onChange={onChange} />
      {asksForest(form) ? (
        <ComposeForest form={form} columns={columns} onChange={onChange} />
      ) : (
        <>
          <ComposeKeys form={form} columns={columns} onChange={onChange} />
          <ComposeFilters form={form} columns={columns} onChange={onChange} />
          <ComposeBounds form={form} onChange={onChange} />
        </>
      )}
    </>
  );
};

const NO_COLUMNS: readonly OpenColumn[] = [];
