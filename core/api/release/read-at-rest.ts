import type { Case } from '../../store/index.ts';
import { dataState } from '../../store/ledger-data-state.ts';
import { NightjarError } from '../errors.ts';
import { onOwnConnection } from './own-connection.ts';

/** What `read` reads, and the state of the data that it is of. Throws `input` where an import or a run ended meanwhile. */
export const readAtRest = <Rows>(
  from: Case,
  read: (connection: Case['connection']) => Promise<Rows>,
): Promise<{ readonly rows: Rows; readonly dataState: string }> =>
  onOwnConnection(from, async (connection) => {
    const before = await dataState(connection);
    const rows = await read(connection);
    if ((await dataState(connection)) === before) return { rows, dataState: before };
    const message = 'The data changed while they were read; nothing was spent.';
    throw new NightjarError('input', message, { next: 'Wait for the import or the run to end, then approve again.' });
  });
