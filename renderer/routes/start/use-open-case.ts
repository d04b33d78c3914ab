import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CaseInfo } from '../../../core/api/contract.ts';
import { client, once, queryClient } from '../../client.ts';
import { toProblem } from '../../problem.ts';
import { showError, useIsShown } from '../../ui/index.ts';

/** A case to open, by its place among the recent ones or by a grant. */
export type CaseToOpen = {
  readonly name: string;
  readonly recent?: string;
  readonly grant?: string;
  readonly needsPassphrase: boolean;
};

export type Opening = {
  readonly open: (target: CaseToOpen) => void;
  readonly openSample: () => void;
  readonly isBusy: boolean;
  readonly isOpeningSample: boolean;
  /** The case whose passphrase is asked for, or null. */
  readonly asks: CaseToOpen | null;
  /** Why the last passphrase did not open it. */
  readonly refusal: string | null;
  readonly answer: (passphrase: string) => void;
  readonly giveUp: () => void;
};

/** Opens cases, asks for a passphrase where one is needed, and goes on to the step that comes next. */
export const useOpenCase = (): Opening => {
  const navigate = useNavigate();
  const isShown = useIsShown();
  const [asks, setAsks] = useState<CaseToOpen | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const goOn = async (opened: CaseInfo): Promise<void> => {
    await queryClient.invalidateQueries();
    if (isShown()) await navigate({ to: opened.isRanked ? '/explore' : '/import' });
  };

  const opening = useMutation({
    mutationFn: ({ target, passphrase }: { readonly target: CaseToOpen; readonly passphrase?: string }) =>
      client.case.open({
        ...(target.recent === undefined ? {} : { recent: target.recent }),
        ...(target.grant === undefined ? {} : { grant: target.grant }),
        ...(passphrase === undefined ? {} : { passphrase }),
      }),
    onSuccess: async (opened) => {
      setAsks(null);
      await goOn(opened);
    },
    onError: (error, { target, passphrase }) => {
      const { code, message } = toProblem(error);
      if (code !== 'vault') return showError(error);
      setRefusal(passphrase === undefined ? null : message);
      setAsks(target);
    },
  });

  const sample = useMutation({
    mutationFn: () => client.case.openSample(),
    onSuccess: async ({ case: opened, job }) => {
      if (job === null) return goOn(opened);
      await queryClient.invalidateQueries();
      if (isShown()) await navigate({ to: '/import', search: { job, next: 'explore' } });
    },
    onError: showError,
  });

  return {
    open: (target) => {
      setRefusal(null);
      if (target.needsPassphrase) setAsks(target);
      else once(() => opening.mutate({ target }));
    },
    openSample: () => once(sample.mutate),
    isBusy: opening.isPending || sample.isPending,
    isOpeningSample: sample.isPending,
    asks,
    refusal,
    answer: (passphrase) => {
      if (asks !== null) once(() => opening.mutate({ target: asks, passphrase }));
    },
    giveUp: () => setAsks(null),
  };
};
