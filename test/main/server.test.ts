import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_FRAME_BYTES } from '../../main/engine/limits.ts';
import type { AppServer } from '../../main/server/server.ts';
import { connectTo, openSocket, startTestServer } from './support/client.ts';
import { temporaryFolder } from './support/temporary.ts';

const home = temporaryFolder();
let server: AppServer;

beforeAll(async () => {
  mkdirSync(join(home, 'page', 'assets'), { recursive: true });
  mkdirSync(join(home, 'page', 'workers'), { recursive: true });
  writeFileSync(join(home, 'page', 'index.html'), '<!doctype html>page');
  writeFileSync(join(home, 'page', 'assets', 'a-1.js'), 'export {};');
  writeFileSync(join(home, 'page', 'workers', 'w-1.js'), 'export {};');
  writeFileSync(join(home, 'secret.json'), '{}');
  symlinkSync(join(home, 'secret.json'), join(home, 'page', 'link.json'));
  server = await startTestServer(home);
});
afterAll(() => server.close());

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
type Ask = { method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer };

/** Sends exactly what it is told; `headers` replace those of a request from our own page. */
const ask = ({ method = 'GET', path = '/', headers = {}, body }: Ask): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port: server.port, method, path, headers, setHost: headers['Host'] === undefined },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });

const ours = () => ({ Origin: `http://127.0.0.1:${server.port}`, Authorization: `Bearer ${server.token}` });
const upload = (name: string, body: string | Buffer, headers: Record<string, string> = ours()): Promise<Answer> =>
  ask({ method: 'POST', path: `/files?name=${encodeURIComponent(name)}`, headers, body });
const spooled = (): string[] =>
  existsSync(join(home, 'spool'))
    ? readdirSync(join(home, 'spool'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
    : [];

describe('who is answered', () => {
  test('our own page, on loopback alone', async () => {
    expect(await ask({})).toMatchObject({ status: 200, body: '<!doctype html>page' });
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((each) => each !== undefined && each.family === 'IPv4' && !each.internal);
    for (const other of others) {
      const outcome = await new Promise((resolve) => {
        const socket = connect({ host: other?.address ?? '', port: server.port });
        socket.once('connect', () => resolve('connected'));
        socket.once('error', () => resolve('refused'));
      });
      expect(outcome).toBe('refused');
    }
  });

  test.each(['localhost', 'nightjar.example', '127.0.0.1', '[::1]', '127.0.0.1.nip.io', ''])(
    'not a page that calls this machine %j (a name that was rebound)',
    async (host) => {
      const port = host === '127.0.0.1' || host === '' ? '' : `:${server.port}`;
      expect((await ask({ headers: { Host: `${host}${port}` } })).status).toBe(403);
    },
  );

  test.each(['http://localhost:PORT', 'https://127.0.0.1:PORT', 'http://127.0.0.1', 'http://evil.example', 'null', ''])(
    'not a page of origin %j',
    async (origin) => {
      const headers = { ...ours(), Origin: origin.replace('PORT', String(server.port)) };
      expect((await ask({ headers })).status).toBe(403);
      expect((await upload('a.csv', 'x', headers)).status).toBe(403);
    },
  );

  test('an upload must say where it comes from', async () => {
    const { Origin: _, ...rest } = ours();
    expect((await upload('a.csv', 'x', rest)).status).toBe(403);
  });

  test.each(['', 'Bearer', 'Bearer wrong', `Bearer ${'A'.repeat(43)}`, 'Basic abc'])(
    'an upload with the authorization %j is refused',
    async (authorization) => {
      expect((await upload('a.csv', 'x', { ...ours(), Authorization: authorization })).status).toBe(401);
      expect(spooled()).toEqual([]);
    },
  );

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'POST'])('%s is no way to ask for a page', async (method) => {
    expect((await ask({ method, headers: ours() })).status).toBe(405);
  });

  test('GET is no way to hand a file over', async () => {
    expect((await ask({ path: '/files?name=a.csv', headers: ours() })).status).toBe(405);
  });
});

describe('what is answered', () => {
  test.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/assets/../../secret.json',
    '/assets/..%2f..%2fsecret.json',
    '//secret.json',
    '/..\\secret.json',
    '/link.json',
    '/assets',
    '/assets/',
    '/.hidden.js',
    '/a\u0000.js',
    '/index.html/',
    '/INDEX.exe',
  ])('%j leads nowhere', async (path) => {
    const sent = path.includes('\u0000') ? path.replace('\u0000', '%00') : path;
    expect((await ask({ path: sent })).status).toBe(404);
  });

  test('every answer carries the policy', async () => {
    const policies = {
      page: String((await ask({})).headers['content-security-policy']),
      script: String((await ask({ path: '/assets/a-1.js' })).headers['content-security-policy']),
      missing: String((await ask({ path: '/none.js' })).headers['content-security-policy']),
    };
    for (const policy of Object.values(policies)) {
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`);
      expect(policy).not.toContain('unsafe');
    }
    expect((await ask({})).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cache-control': 'no-store',
    });
  });

  test('only workers may compile expressions, and they reach nothing', async () => {
    const policy = String((await ask({ path: '/workers/w-1.js' })).headers['content-security-policy']);
    expect(policy).toContain("'unsafe-eval'");
    expect(policy).toContain("connect-src 'none'");
  });

  test('a launch address works once and hands the token to the page alone', async () => {
    const path = server.launchAddress().slice(`http://127.0.0.1:${server.port}`.length);
    const first = await ask({ path });
    expect(first).toMatchObject({ status: 302, headers: { location: `/#token=${server.token}` } });
    expect((await ask({ path })).status).toBe(403);
    expect((await ask({ path: '/launch?code=' })).status).toBe(403);
    expect(path).not.toContain(server.token);
  });
});

describe('the line to the engine', () => {
  const closeCode = (socket: WebSocket): Promise<number | string> =>
    new Promise((resolve) => {
      socket.once('close', resolve);
      socket.once('unexpected-response', (_request, response) => resolve(`HTTP ${response.statusCode}`));
      socket.on('error', () => undefined);
    });

  test.each(['wrong-token-wrong-token', 'A'.repeat(43)])('the token %j is told 4401', async (token) => {
    expect(await closeCode(openSocket({ port: server.port, token }))).toBe(4401);
  });

  test('without a token it is told 4401', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/engine`, {
      headers: { Origin: `http://127.0.0.1:${server.port}` },
    });
    expect(await closeCode(socket)).toBe(4401);
  });

  test.each([{ Origin: 'http://evil.example' }, { Origin: '' }, { Host: 'localhost' }])(
    'a page with %j is not let in, whatever its token',
    async (headers) => {
      expect(await closeCode(openSocket(server, headers))).toBe('HTTP 403');
    },
  );

  test('a program that says no origin is not let in', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/engine`, [`nightjar.${server.token}`]);
    expect(await closeCode(socket)).toBe('HTTP 403');
  });

  test.each(['/', '/engine/', '/engine?x=1', '/other'])('%j is no line', async (path) => {
    expect(await closeCode(openSocket(server, {}, path))).toBe('HTTP 403');
  });

  test('a frame over the limit is not even read', async () => {
    const line = await connectTo(server);
    line.sendRaw(new Uint8Array(MAX_FRAME_BYTES + 1));
    expect(await line.closed).toBe(1009);
  });
});

describe('files that are handed over', () => {
  test('become a grant under their own name, in a folder only this user can enter', async () => {
    const answer = await upload('März log.csv', 'time,user\n1,a\n');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ name: 'März log.csv', kind: 'file', bytes: 14 });
    const [folder] = readdirSync(join(home, 'spool'));
    expect(statSync(join(home, 'spool', folder ?? '')).mode & 0o777).toBe(0o700);
    expect(spooled()).toEqual(['März log.csv']);
  });

  test.each([
    '',
    '.',
    '..',
    '../a.csv',
    'a/b.csv',
    'a\\b.csv',
    'a\u0000.csv',
    'a\n.csv',
    '\u202Ecsv.a',
    'x'.repeat(300),
  ])('the name %j is refused and nothing is kept', async (name) => {
    const before = spooled();
    const answer = await upload(name, 'x');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'usage', next: expect.stringMatching(/\S/) });
    expect(spooled()).toEqual(before);
  });

  test('a file that would fill the disk is refused before it is read, and while it is read', async () => {
    const small = temporaryFolder();
    const full = await startTestServer(small, { leastFreeBytes: 2 ** 60 });
    try {
      const headers = { Origin: `http://127.0.0.1:${full.port}`, Authorization: `Bearer ${full.token}` };
      for (const chunked of [false, true]) {
        const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
          const call = request(
            {
              host: '127.0.0.1',
              port: full.port,
              method: 'POST',
              path: '/files?name=big.csv',
              headers: { ...headers, ...(chunked ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': '1000' }) },
            },
            (response) => {
              let body = '';
              response.setEncoding('utf8').on('data', (part: string) => (body += part));
              response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
            },
          );
          call.on('error', reject);
          call.end('x'.repeat(1000));
        });
        expect(answer.status).toBe(507);
        expect(JSON.parse(answer.body)).toMatchObject({ code: 'disk-full', where: 'big.csv' });
      }
      const kept = readdirSync(join(small, 'spool'), { recursive: true, withFileTypes: true });
      expect(kept.filter((entry) => entry.isFile())).toEqual([]);
    } finally {
      await full.close();
    }
  });

  test('one that breaks off is not kept', async () => {
    const before = spooled();
    await new Promise<void>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: server.port }, () => {
        socket.write(
          `POST /files?name=half.csv HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: http://127.0.0.1:${server.port}\r\n` +
            `Authorization: Bearer ${server.token}\r\nContent-Length: 1000\r\n\r\nonly this`,
        );
        setTimeout(() => socket.destroy(), 200);
      });
      socket.once('close', () => resolve());
    });
    await expect.poll(spooled).toEqual(before);
  });

  test('are gone when the server ends, and folders of servers that died when the next one starts', async () => {
    const other = temporaryFolder();
    mkdirSync(join(other, 'spool', 'uploads-999999999', 'x'), { recursive: true });
    writeFileSync(join(other, 'spool', 'uploads-999999999', 'x', 'old.csv'), 'left behind');
    const next = await startTestServer(other);
    expect(existsSync(join(other, 'spool', 'uploads-999999999'))).toBe(false);
    await next.close();
    expect(readdirSync(join(other, 'spool'))).toEqual([]);
  });
});
