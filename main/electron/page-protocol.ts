import { protocol, type Session } from 'electron';
import { headersOf } from '../page/policy.ts';
import { readPageFile } from '../page/static-files.ts';
import { ORIGIN, SCHEME } from './own-address.ts';

/** Must run before Electron is ready. */
export const registerPageScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);

type Answer = { readonly status: number; readonly headers: Record<string, string>; readonly bytes: Buffer };

/** Serves the page's files under a scheme of our own, with the policy they have in the browser, but with nothing to connect to. */
export const servePage = (session: Session, directory: string): void => {
  if ('handle' in session.protocol) {
    session.protocol.handle(SCHEME, async ({ url, method }) => {
      const { status, headers, bytes } = await answer(directory, url, method);
      return new Response(new Uint8Array(bytes), { status, headers });
    });
    return;
  }
  servePageBefore25(session, directory);
};

/** Electron before 25 knows no `handle`. */
const servePageBefore25 = ({ protocol: old }: Session, directory: string): void => {
  old.registerBufferProtocol(SCHEME, (request, respond) => {
    answer(directory, request.url, request.method).then(
      ({ status, headers, bytes }) =>
        respond({ statusCode: status, headers, mimeType: headers['Content-Type']?.split(';')[0] ?? '', data: bytes }),
      () => respond({ error: -2 }), // net::ERR_FAILED
    );
  });
};

const answer = async (directory: string, address: string, method: string): Promise<Answer> => {
  const path = /^[^?#]*/u.exec(address.slice(ORIGIN.length))?.[0] ?? '';
  const isOurs = address.startsWith(`${ORIGIN}/`) && method === 'GET';
  const file = isOurs ? await readPageFile(directory, path) : null;
  if (file === null)
    return { status: 404, headers: { 'Content-Type': 'text/plain' }, bytes: Buffer.from('Not there\n') };
  return { status: 200, headers: { ...headersOf(file.path, []), 'Content-Type': file.type }, bytes: file.bytes };
};
