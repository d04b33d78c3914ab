import type { Grant } from './common.ts';

/** What the desktop's preload script puts on `window.nightjar`; absent in a browser. */
export type DesktopBridge = {
  /**
   * Asks for an engine. Its MessagePort arrives as a `message` event of the window from the window itself, with data
   * `{ type: 'nightjar:engine' }` and the port in `ports[0]`. When an engine ends unasked, `{ type: 'nightjar:engine-lost', reason }`
   * arrives instead, and after it, without asking, the port of the engine that took its place.
   */
  readonly connect: () => void;
  /** Dialogs of the system; an empty list or null when the user gave up. */
  readonly chooseFiles: () => Promise<readonly Grant[]>;
  readonly chooseFolder: () => Promise<readonly Grant[]>;
  readonly chooseCase: () => Promise<Grant | null>;
  readonly chooseSave: (suggestedName: string) => Promise<Grant | null>;
  /** Files and folders dropped on the window. */
  readonly grantDropped: (files: readonly File[]) => Promise<readonly Grant[]>;
  /** Whether something was written that is not saved: closing the window then asks first. */
  readonly setUnsaved: (isUnsaved: boolean) => void;
};
