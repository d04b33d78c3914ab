import type { Grant } from '../contract/common.ts';
import type { Role } from '../roles.ts';

export type EngineOptions = {
  readonly mode: 'desktop' | 'browser';
  /** What its pages may call. Default: investigator. */
  readonly role?: Role;
  /** What this mode cannot promise, as sentences; empty on the desktop. */
  readonly cannotPromise: readonly string[];
  /** Where recents and templates lie. */
  readonly settingsDirectory: string;
  /** Where new cases go unless the user chooses a folder, and where the sample case lies. */
  readonly casesDirectory: string;
  /** The log the sample case is made of. */
  readonly sampleLog: string;
  readonly threads: number;
  readonly memoryLimitBytes?: number;
  readonly keyringPath?: string;
  /** 32 bytes that the system's keychain keeps; what hosts the engine got them from there. */
  readonly keychainSecret?: Uint8Array;
  /** Told whenever another case is open; null: none. */
  readonly onCase?: (directory: string | null) => void;
};

/** What the processes around the engine may do with it; pages go through `router`. */
export type EngineControls = {
  /** A path that the user chose, as the page may name it. */
  grant(path: string, kind: Grant['kind']): Grant;
  /** Opens the case in a directory: for a new engine after one died, and for a case named on the command line. */
  resume(directory: string): Promise<void>;
  /** Whether ending now would lose work. */
  isBusy(): boolean;
  /** Cancels what runs, then closes the case. */
  close(): Promise<void>;
};
