import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../../client.ts';
import { count } from '../../format.ts';
import { ImportIcon } from '../../ui/icons.tsx';
import { EmptyState, Tabs } from '../../ui/index.ts';
import { PickButtons } from './pick-buttons.tsx';
import { Quarantine } from './quarantine.tsx';
import { StoredFiles } from './stored-files.tsx';
import css from './import.module.css';

const route = getRouteApi('/import');

/** Import before files are chosen: what to do, and what the open case holds already. */
export const ImportHome = () => {
  const { panel } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: open } = useQuery(api.case.current.queryOptions());
  if (open === undefined || open === null) {
    return (
      <EmptyState icon={ImportIcon} title="Drop a log here" actions={<PickButtons isPrimary />}>
        Files or a whole folder: CSV, NDJSON, JSON, Parquet, web, cloud, mail and system logs, gzip of these. You see
        what was understood, and what will be hidden, before anything is stored.
      </EmptyState>
    );
  }
  return (
    <div className={css.home}>
      <div className={css.drop}>
        <ImportIcon size={22} />
        <div>
          <h2>Add files to {open.name}, or begin a new case</h2>
          <p className={css.muted}>
            Drop files or a folder anywhere. You see what was understood before anything is stored.
          </p>
        </div>
        <PickButtons />
      </div>
      <Tabs<'files' | 'quarantine'>
        label="What the case holds"
        className={css.homeTabs ?? ''}
        selected={panel ?? 'files'}
        onSelect={(next) => void navigate({ search: next === 'files' ? {} : { panel: next }, replace: true })}
        tabs={[
          { id: 'files', title: `Files ${count(open.files)}`, panel: <StoredFiles /> },
          { id: 'quarantine', title: `Quarantine ${count(open.quarantined)}`, panel: <Quarantine /> },
        ]}
      />
    </div>
  );
};
