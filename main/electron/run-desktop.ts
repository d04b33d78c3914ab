import { app, safeStorage, type BrowserWindow, type Session } from 'electron';
import type { Role } from '../../core/api/roles.ts';
import { appPaths } from '../app/paths.ts';
import { engineSettings } from '../app/engine-settings.ts';
import { hostEngine, type EngineHost } from '../engine/host.ts';
import { firstCaseOf, roleOf } from './arguments.ts';
import { askToLoseDraft, askToOpenCase, askToStopWork, tell } from './ask.ts';
import { answerDialogs } from './dialogs.ts';
import { keepLine } from './lines.ts';
import { fromKeychain } from './keychain.ts';
import { setMenu } from './menu.ts';
import { closeSession } from './offline.ts';
import { servePage } from './page-protocol.ts';
import { hearUnsaved } from './unsaved.ts';
import { startUtilityEngine, type UtilityEngine } from './utility-engine.ts';
import { createWindow } from './window.ts';

export type DesktopOptions = {
  readonly session: Session;
  readonly argv: readonly string[];
  readonly enginePath: string;
  readonly preloadPath: string;
  readonly pageDirectory: string;
  readonly sampleLog: string;
};

/** Opens the window and keeps an engine behind it, until the window is closed. */
export const runDesktop = async (options: DesktopOptions): Promise<void> => {
  await closeSession(options.session);
  servePage(options.session, options.pageDirectory);
  const window = createWindow(options.preloadPath, appPaths().settingsDirectory);
  const isUnsaved = hearUnsaved();
  setMenu(() => void reload(window, isUnsaved));
  const role = roleOf(options.argv);
  const line = keepLine(window.webContents, () => host.engine());
  const host: EngineHost<UtilityEngine> = hostEngine(
    () => startUtilityEngine(options.enginePath),
    {
      ...engineSettings('desktop', options.sampleLog, role),
      ...(role === 'reviewer' ? {} : fromKeychain(safeStorage)),
    },
    firstCaseOf(options.argv),
    {
      onLost: (how, isLast) => {
        line.lost(how);
        if (isLast) void tell(window, 'The engine does not start.', 'Close Nightjar and start it again.');
        else setImmediate(line.reopen);
      },
      onMessage: (message) => {
        if (message.type === 'first-failed') void tell(window, message.error.message, message.error.next ?? '');
      },
    },
  );
  answerDialogs(window, host);
  closeInOrder(window, host, isUnsaved);
  app.on('second-instance', (_event, argv) => void takeOver(window, host, role, argv));
  window.once('show', () => process.send?.('up'));
};

const reload = async (window: BrowserWindow, isUnsaved: () => boolean): Promise<void> => {
  if (!isUnsaved() || (await askToLoseDraft(window, 'reload'))) window.webContents.reload();
};

/** Closing the window asks while work is under way or a text is not saved, then closes the case, then ends the app. */
const closeInOrder = (window: BrowserWindow, host: EngineHost<UtilityEngine>, isUnsaved: () => boolean): void => {
  let step: 'open' | 'asking' | 'closing' = 'open';
  const mayClose = async (): Promise<boolean> =>
    (!(await host.isBusy()) || (await askToStopWork(window))) &&
    (!isUnsaved() || (await askToLoseDraft(window, 'close')));
  const close = async (): Promise<void> => {
    if (!(await mayClose())) {
      step = 'open';
      return;
    }
    step = 'closing';
    window.hide();
    await end();
  };
  const end = async (): Promise<void> => {
    await host.close();
    app.exit(0);
  };
  app.on('window-all-closed', () => undefined); // the app ends here, once the case is closed, and not by itself
  window.once('closed', () => {
    end().catch(() => app.exit(1)); // a page that closes itself is not asked
  });
  window.on('close', (event) => {
    event.preventDefault();
    if (step !== 'open') return;
    step = 'asking';
    close().catch(() => app.exit(1));
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void end().catch(() => app.exit(1)));
  }
};

/** Nightjar was started again: this window comes to the front, and opens what that start asked for. */
const takeOver = async (
  window: BrowserWindow,
  host: EngineHost<UtilityEngine>,
  role: Role,
  argv: readonly string[],
): Promise<void> => {
  if (window.isMinimized()) window.restore();
  window.focus();
  if (roleOf(argv) !== role) {
    return tell(window, `This window is for the ${role}.`, 'Close it, then open the case in the other role.');
  }
  const first = firstCaseOf(argv);
  if (first?.kind !== 'case' || first.directory === host.openCase()) return;
  if (await host.isBusy()) return tell(window, 'Nightjar is still working.', 'Open the case when that is done.');
  if (await askToOpenCase(window, first.directory)) await host.resume(first.directory);
};
