import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import { tableFromIPC } from '@uwdata/flechette';
import type { Table } from '@uwdata/flechette';
import type { contract } from '../core/api/contract.ts';
import { isLineLoss } from './problem.ts';
import { useStore } from './store.ts';
import { connectThrough } from './transport/connection.ts';
import type { Connection } from './transport/connection.ts';
import { portTransport } from './transport/port.ts';
import { noTransport, socketTransport } from './transport/socket.ts';
import { bridge, isFreshStart, token } from './transport/reach.ts';

export type Client = ContractRouterClient<typeof contract>;

const transport = () => {
  if (bridge !== null) return portTransport(bridge);
  return token === null ? noTransport : socketTransport(`ws://${location.host}/engine`, token);
};

const { link, connection, settle } = connectThrough(transport());

/** Every call of the contract, over whatever connects this page to its engine. */
export const client: Client = createORPCClient(link);

/** The same calls as options for TanStack Query: `useQuery(api.explore.run.queryOptions())`. */
export const api = createTanstackQueryUtils(client);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      retry: (failures, error) => failures < 3 && isLineLoss(error),
      retryDelay: 200,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Begins a mutation unless one is under way: a double click is quicker than the button that it puts out of use. */
export const once = (mutate: () => void): void => {
  if (queryClient.isMutating() === 0) mutate();
};

/** The rows and columns of a table that crossed as Arrow IPC bytes. 64-bit integers come as numbers. */
export const readTable = async (blob: Blob): Promise<Table> => tableFromIPC(await blob.arrayBuffer());

/** How this page is connected; components follow its changes. */
export const useConnection = (): Connection => useStore(connection);

export { connection, settle as settleConnection };
export { chooseCase, chooseFiles, chooseFolder, grantDropped } from './transport/files.ts';
export type { UploadProgress, UploadWatch } from './transport/files.ts';
export { saveExport, saveFolder } from './transport/save.ts';

/** True on the desktop, where files are never copied and dialogs are the system's. */
export const isDesktop = bridge !== null;

export { isFreshStart };
