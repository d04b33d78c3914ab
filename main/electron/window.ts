import { BrowserWindow, nativeTheme, screen } from 'electron';
import { START_ADDRESS } from './own-address.ts';
import { LEAST_WINDOW, readWindowState, writeWindowState } from './window-state.ts';

/** The one window, sandboxed, with nothing of Node in its page. It shows itself once there is something to see. */
export const createWindow = (preload: string, settingsDirectory: string): BrowserWindow => {
  const { isMaximized, ...bounds } = readWindowState(
    settingsDirectory,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: LEAST_WINDOW.width,
    minHeight: LEAST_WINDOW.height,
    show: false,
    title: 'Nightjar',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14161a' : '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload: preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      enableWebSQL: false,
      safeDialogs: true,
    },
  });
  if (isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => writeWindowState(settingsDirectory, window));
  void window.loadURL(START_ADDRESS);
  return window;
};
