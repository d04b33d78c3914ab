import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { CaseInfo } from '../../../core/api/contract.ts';
import { api, client, once, queryClient } from '../../client.ts';
import { useIsShown } from '../../ui/index.ts';
import type { Inspection } from './use-inspection.ts';

/** Which case the files go to, and how its vault is sealed. */
export type CasePlan = {
  readonly into: 'open' | 'new';
  readonly name: string;
  readonly vault: 'keyring' | 'passphrase' | 'none';
  readonly passphrase: string;
  readonly repeated: string;
};

export type StartImport = {
  readonly open: CaseInfo | null;
  readonly plan: CasePlan;
  readonly setPlan: (plan: CasePlan) => void;
  readonly start: () => void;
  readonly isStarting: boolean;
  readonly error: Error | null;
  /** Why it cannot start yet; null when it can. */
  readonly obstacle: string | null;
};

const route = getRouteApi('/import');

/** Makes the case where a new one is wanted, and starts the import into it. */
export const useStartImport = (inspection: Inspection): StartImport => {
  const navigate = route.useNavigate();
  const isShown = useIsShown();
  const { data: open = null } = useQuery(api.case.current.queryOptions());
  const [edited, setEdited] = useState<CasePlan | null>(null);
  const ready = inspection.files.filter((file) => file.problem === null && !file.isImported);
  const plan = edited ?? {
    into: open === null || open.isSample ? 'new' : 'open',
    name: (inspection.files[0]?.name ?? '').replace(/\.[a-z.]*$/i, ''),
    vault: 'keyring',
    passphrase: '',
    repeated: '',
  };
  const mutation = useMutation({
    mutationFn: async () => {
      if (plan.into === 'new') {
        await client.case.create({
          name: plan.name.trim(),
          vault: plan.vault !== 'none',
          ...(plan.vault === 'passphrase' ? { passphrase: plan.passphrase } : {}),
        });
        setEdited({ ...plan, into: 'open', passphrase: '', repeated: '' });
      }
      const grants = [...new Set(ready.map(({ grant }) => grant))];
      return client.jobs.startImport({ grants, options: inspection.options, detect: {} });
    },
    onSuccess: async ({ job }) => {
      if (isShown()) await navigate({ search: (now) => ({ ...now, job }) });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.case.key() }),
  });
  return {
    open,
    plan,
    setPlan: setEdited,
    start: () => once(mutation.mutate),
    isStarting: mutation.isPending,
    error: mutation.error,
    obstacle: obstacleOf(plan, ready.length, inspection),
  };
};

const obstacleOf = (plan: CasePlan, ready: number, inspection: Inspection): string | null => {
  if (inspection.isStale && inspection.error === null) return 'The files are being looked at again.';
  if (inspection.files.length === 0) return 'No file was chosen.';
  if (ready === 0) return 'None of the files can be imported as it stands.';
  if (plan.into === 'open') return null;
  if (plan.name.trim() === '') return 'The new case needs a name.';
  if (plan.vault !== 'passphrase') return null;
  if (plan.passphrase === '') return 'The new case needs a passphrase.';
  return plan.passphrase === plan.repeated ? null : 'The passphrases are not the same.';
};
