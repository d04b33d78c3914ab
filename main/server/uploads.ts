import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Grant } from '../../core/api/contract.ts';
import { toErrorRecord } from '../engine/error-record.ts';
import type { Spool } from './spool.ts';

/** Status of each error that an upload can meet. */
const STATUS: Readonly<Record<string, number>> = { usage: 400, input: 400, 'disk-full': 507 };

/**
 * Answers `POST /files?name=NAME`: the body becomes a file in the spool, and the answer the grant for it, as JSON. On an
 * error: `{code, message, where, next}`, and nothing stays behind.
 */
export const receiveFile = async (
  request: IncomingMessage,
  response: ServerResponse,
  name: string | null,
  spool: Spool,
  grant: (path: string) => Promise<Grant>,
): Promise<void> => {
  try {
    const path = await spool.store(name ?? '', request, Number(request.headers['content-length'] ?? 0));
    try {
      send(response, 200, await grant(path));
    } catch (error) {
      await spool.discard(path);
      throw error;
    }
  } catch (error) {
    if (request.destroyed && !request.complete && !response.writable) return; // the page went away: nobody to tell
    const record = toErrorRecord(error);
    response.setHeader('Connection', 'close'); // the rest of the body is not read
    send(response, STATUS[record.code] ?? 500, record);
  }
};

const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
};
