import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Grant } from '../../core/api/contract.ts';
import { headersOf } from '../page/policy.ts';
import { readPageFile } from '../page/static-files.ts';
import type { LaunchCodes } from './launch-codes.ts';
import { isSameOrigin } from './same-origin.ts';
import type { Spool } from './spool.ts';
import { isSameToken } from './token.ts';
import { receiveFile } from './uploads.ts';

export type RouteOptions = {
  readonly token: string;
  readonly port: () => number;
  readonly pageDirectory: string;
  readonly codes: LaunchCodes;
  readonly spool: Spool;
  readonly grant: (path: string) => Promise<Grant>;
};

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Every answer over HTTP: the page's files, the address that opens it once, and files that are handed over. */
export const createRoutes =
  (options: RouteOptions): Handler =>
  async (request, response) => {
    const port = options.port();
    const connect = ["'self'", `ws://127.0.0.1:${port}`];
    const { pathname, searchParams } = targetOf(request);
    for (const [name, value] of Object.entries(headersOf(pathname, connect))) response.setHeader(name, value);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isSameOrigin(request.headers, port, !isRead)) return refuse(response, 403);
    if (pathname === '/files') {
      if (request.method !== 'POST') return refuse(response, 405, 'POST');
      if (!isSameToken(bearer(request), options.token)) return refuse(response, 401);
      return receiveFile(request, response, searchParams.get('name'), options.spool, options.grant);
    }
    if (!isRead) return refuse(response, 405, 'GET, HEAD');
    if (pathname === '/launch') {
      if (!options.codes.redeem(searchParams.get('code') ?? '')) return refuse(response, 403);
      response.setHeader('Location', `/#token=${options.token}`);
      return end(response, 302);
    }
    const file = await readPageFile(options.pageDirectory, pathname);
    if (file === null) return refuse(response, 404);
    response.setHeader('Content-Type', file.type);
    response.setHeader('Content-Length', file.bytes.byteLength);
    end(response, 200, request.method === 'HEAD' ? undefined : file.bytes);
  };

/** Path and search as they were sent: nothing is resolved, so that nothing leads elsewhere. */
const targetOf = (request: IncomingMessage): { pathname: string; searchParams: URLSearchParams } => {
  const url = request.url ?? '';
  const mark = url.indexOf('?');
  return mark < 0
    ? { pathname: url, searchParams: new URLSearchParams() }
    : { pathname: url.slice(0, mark), searchParams: new URLSearchParams(url.slice(mark + 1)) };
};

const bearer = (request: IncomingMessage): string =>
  /^Bearer ([\w-]{16,128})$/u.exec(request.headers.authorization ?? '')?.[1] ?? '';

const refuse = (response: ServerResponse, status: number, allow?: string): void => {
  if (allow !== undefined) response.setHeader('Allow', allow);
  response.setHeader('Connection', 'close'); // a body that came with it is not read
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  end(response, status, `${REFUSALS[status] ?? 'Refused'}\n`);
};

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'The token is missing or wrong. Open Nightjar from the address it printed.',
  403: 'Not from here. Open Nightjar from the address it printed.',
  404: 'There is nothing here.',
  405: 'Not this way.',
};

const end = (response: ServerResponse, status: number, body?: string | Buffer): void => {
  response.statusCode = status;
  response.end(body);
};
