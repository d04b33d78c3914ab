// The desktop's main process: one window, one engine, and no way out.
import { join } from 'node:path';
import { app, session } from 'electron';
import { appPaths } from '../app/paths.ts';
import { closeProcess } from './offline.ts';
import { registerPageScheme } from './page-protocol.ts';
import { runDesktop } from './run-desktop.ts';

app.setName('Nightjar');
app.setPath('userData', join(appPaths().settingsDirectory, 'window'));
closeProcess();
registerPageScheme();
if (app.requestSingleInstanceLock()) {
  // Beside this file: the engine's bundle, and the preload script. The page and the sample are where the build put them.
  const root = join(__dirname, '..', '..');
  const resources = app.isPackaged ? process.resourcesPath : root;
  void app.whenReady().then(() =>
    runDesktop({
      session: session.defaultSession,
      argv: process.argv,
      enginePath: join(__dirname, 'engine.js'),
      preloadPath: join(__dirname, 'preload.js'),
      pageDirectory: join(root, 'dist', 'renderer'),
      sampleLog: join(resources, 'samples', 'platform.csv.gz'),
    }),
  );
} else {
  process.send?.('up'); // the window that is open already takes over
  app.quit();
}
