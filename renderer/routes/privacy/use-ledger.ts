import { useQuery } from '@tanstack/react-query';
import { api, queryClient } from '../../client.ts';

/** The ledger of the open case. */
export const useLedger = () => useQuery(api.privacy.ledger.queryOptions());

/** Has everything that rests on the ledger read again. */
export const ledgerChanged = async (): Promise<void> =>
  await queryClient.invalidateQueries({ queryKey: api.privacy.key() });
