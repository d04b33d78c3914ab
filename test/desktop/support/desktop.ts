import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openDebugLine } from './debug-line.ts';
import { processesOf, type RunningProcess } from './processes.ts';
import { RUNTIME } from './runtime.ts';
import { waitFor } from './wait-for.ts';

export type Desktop = {
  /** The value of an expression in the page, as JSON. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Loads the page again, with a script that runs before its own. The debugging protocol is not bound by the page's policy. */
  readonly reloadWith: (script: string) => Promise<void>;
  /** Waits until an expression in the page is true. */
  readonly until: (expression: string, ms?: number) => Promise<void>;
  /** Waits for a button, link or tab of this name and clicks it as a mouse would. */
  readonly click: (name: string) => Promise<void>;
  readonly press: (key: string) => Promise<void>;
  readonly screenshot: (path: string) => Promise<void>;
  /** Errors of the page's console so far. */
  readonly consoleErrors: () => readonly string[];
  /** Everything the app's processes printed. */
  readonly output: () => string;
  /** Quits as the menu does, and waits for the end of the app: exit code, or signal. */
  readonly quit: () => Promise<number | string>;
  /** Asks the app to quit, as `quit` does, and does not wait: it may ask its user first. */
  readonly askToQuit: () => void;
  /** The end of the app: exit code, or signal. */
  readonly ended: Promise<number | string>;
  /** Drops files or folders on the middle of the page, as a file manager does. */
  readonly drop: (paths: readonly string[]) => Promise<void>;
  /** The app's processes that run now. */
  readonly processes: () => readonly RunningProcess[];
  /** Every attempt of any of its processes to reach an address outside of this machine's own files: system calls as traced. */
  readonly networkAttempts: () => readonly string[];
};

export type LaunchOptions = {
  readonly kind: 'checkout' | 'unpacked';
  /** HOME of the run; settings and cases lie in it. */
  readonly home: string;
  readonly args?: readonly string[];
  /** Folder with `dist/desktop` for `checkout`, or the unpacked app. */
  readonly app: string;
  /** Whether system calls are traced, which slows it down; `networkAttempts` needs it. */
  readonly isTraced?: boolean;
  /** Runs it as another user; only root can. */
  readonly uid?: number;
};

const isRoot = process.getuid?.() === 0;
const point = z.object({ x: z.number(), y: z.number() });
const groups = new Set<number>();

/** Ends what a failed test left running. */
export const endAll = (): void => {
  for (const group of groups) process.kill(-group, 'SIGKILL');
  groups.clear();
};

/** While the window's first document loads, or a page loads again, there is nothing to evaluate in, and nothing was. */
const notYetLoaded = (error: Error): undefined => {
  if (error.message === 'Cannot find default execution context') return undefined;
  throw error;
};

/** Starts the app under a virtual display, watched by strace, and waits for its window. */
export const launchDesktop = async ({
  kind,
  home,
  args = [],
  app,
  isTraced = true,
  uid,
}: LaunchOptions): Promise<Desktop> => {
  mkdirSync(home, { recursive: true });
  if (uid !== undefined) chownSync(home, uid, uid);
  const trace = join(home, 'network.strace');
  const [executable, ...inner] = kind === 'checkout' ? [join(RUNTIME, 'electron'), app] : [join(app, 'nightjar')];
  const program = [executable, ...(isRoot && uid === undefined ? ['--no-sandbox'] : []), ...inner];
  const strace = [
    'strace',
    '-f',
    '-qq',
    '-e',
    'trace=connect,sendto,sendmsg,sendmmsg',
    '-e',
    'signal=none',
    '-o',
    trace,
  ];
  const child = spawn(
    'xvfb-run',
    [
      '-a',
      '-s',
      '-screen 0 1600x1000x24',
      ...(isTraced ? strace : []),
      ...program,
      '--remote-debugging-port=0',
      ...args,
    ],
    {
      env: { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8', NIGHTJAR_DEBUG: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own, which `endAll` ends whole
      ...(uid === undefined ? {} : { uid, gid: uid }),
    },
  );
  if (child.pid !== undefined) groups.add(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (output += part));
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      if (child.pid !== undefined) groups.delete(child.pid);
      resolve(code ?? signal ?? 'unknown');
    });
  });
  const port = await waitFor(
    () => /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1],
    30_000,
    () => output,
  );
  const page = await waitFor(
    () => pageTarget(port),
    30_000,
    () => output,
  );
  const line = await openDebugLine(page);
  const errors: string[] = [];
  line.on('Runtime.consoleAPICalled', ({ type, args: said }) => {
    if (type === 'error') errors.push(JSON.stringify(said));
  });
  line.on('Runtime.exceptionThrown', (details) => errors.push(JSON.stringify(details)));
  line.on('Log.entryAdded', ({ entry }) => {
    const { level, text } = z.object({ level: z.string(), text: z.string() }).parse(entry);
    if (level === 'error') errors.push(text);
  });
  await Promise.all([line.send('Runtime.enable'), line.send('Log.enable'), line.send('Page.enable')]);
  const evaluate = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await waitFor(
      () => line.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }).catch(notYetLoaded),
      30_000,
      () => `a document for ${expression}\n${output}`,
    );
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return z.object({ value: z.unknown() }).parse(result).value;
  };
  const until = (expression: string, ms = 30_000): Promise<void> =>
    waitFor(
      async () => ((await evaluate(expression)) === true ? true : undefined),
      ms,
      () => `${expression}\n${output}`,
    ).then(() => undefined);
  const askToQuit = (): void => {
    // Answered when the app has ended, and then the line may be gone before the answer is here.
    line.send('Browser.close').catch(() => undefined);
  };
  const mouse = (type: string, at: object): Promise<unknown> =>
    line.send('Input.dispatchMouseEvent', { type, button: 'left', clickCount: 1, ...at });
  return {
    evaluate,
    until,
    reloadWith: async (script) => {
      await line.send('Page.addScriptToEvaluateOnNewDocument', { source: script });
      const loaded = new Promise<void>((resolve) => line.on('Page.loadEventFired', () => resolve()));
      await line.send('Page.reload');
      await loaded;
    },
    click: async (name) => {
      const find = `[...document.querySelectorAll('button,a,[role=tab],[role=row],[role=option]')].find((each) => each.offsetParent !== null && (each.getAttribute('aria-label') ?? each.textContent).trim().startsWith(${JSON.stringify(name)}))`;
      await until(`${find} !== undefined`);
      const box = await evaluate(
        `(() => { const e = ${find}; e.scrollIntoView({ block: 'center' }); const { x, y, width, height } = e.getBoundingClientRect(); return { x: x + Math.min(width, 200) / 2, y: y + height / 2 }; })()`,
      );
      const at = point.parse(box);
      for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased']) await mouse(type, at);
    },
    press: async (key) => {
      const text = key.length === 1 ? { text: key } : {};
      const code = key === 'Enter' ? { windowsVirtualKeyCode: 13, text: '\r' } : {};
      await line.send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...text, ...code });
      await line.send('Input.dispatchKeyEvent', { type: 'keyUp', key, ...code });
    },
    screenshot: async (path) => {
      const { data } = await line.send('Page.captureScreenshot', { format: 'png' });
      writeFileSync(path, Buffer.from(String(data), 'base64'));
    },
    consoleErrors: () => errors,
    output: () => output,
    quit: () => {
      askToQuit();
      return ended;
    },
    askToQuit,
    ended,
    drop: async (files) => {
      const at = await evaluate('({ x: innerWidth / 2, y: innerHeight / 2 })');
      const data = { items: [], files, dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'])
        await line.send('Input.dispatchDragEvent', { type, data, ...point.parse(at) });
    },
    processes: () => (child.pid === undefined ? [] : processesOf(child.pid)),
    networkAttempts: () => attemptsIn(readFileSync(trace, 'utf8')),
  };
};

/**
 * Lines of a trace that name an internet address. Sockets of the system (AF_UNIX: the display, the bus) and netlink reach
 * nobody outside; neither does a name that was never looked up.
 */
export const attemptsIn = (trace: string): readonly string[] =>
  trace.split('\n').filter((line) => /AF_INET6?\b|sin6?_port/.test(line));

const targets = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }));

const pageTarget = async (port: string): Promise<string | undefined> => {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
  if (response === undefined) return undefined;
  const page = targets.parse(await response.json()).find(({ type, url }) => type === 'page' && url.startsWith('app:'));
  return page?.webSocketDebuggerUrl;
};
