import { useQuery } from '@tanstack/react-query';
import { api, queryClient } from '../../client.ts';

/** The ledger of the open case. */
export const useLedger = () => useQuery(api.privacy.ledger.queryOptions());

/** Has everything that rests on the ledger read again; waits for the ledger itself only. */
export const ledgerChanged = async (): Promise<void> => {
  void queryClient.invalidateQueries({ queryKey: api.privacy.key() });
  await queryClient.refetchQueries({ queryKey: api.privacy.ledger.key() }, { cancelRefetch: false });
};
