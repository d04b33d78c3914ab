import type { Case } from '../../store/index.ts';

/** Runs `work` on a connection that nobody else uses: a query on a shared one can end another's result early. */
export const onOwnConnection = async <T>(
  into: Pick<Case, 'connect'>,
  work: (connection: Case['connection']) => Promise<T>,
): Promise<T> => {
  const connection = await into.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
};
