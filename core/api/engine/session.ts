import { join, resolve } from 'node:path';
import { createCase, makeDirectory, openCase as openStore, type CaseOptions } from '../../store/index.ts';
import { VERSION } from '../../version.ts';
import type { CaseInfo } from '../contract/case.ts';
import { NightjarError } from '../errors.ts';
import type { EngineOptions } from './engine.ts';
import type { Jobs } from './jobs.ts';
import { holdCase, type OpenCase } from './open-case.ts';
import type { Recents } from './recents.ts';

const SAMPLE_NAME = 'Sample case';

/** How the vault of a new case is sealed; by default under the user's keyring. */
export type NewCase = { readonly vault: boolean; readonly keychain?: boolean; readonly passphrase?: string };

/** The one case that is open, and how it changes. Changes wait for each other. */
export type Session = {
  current(): OpenCase | undefined;
  /** The open case. Errors: `usage` when there is none. */
  require(): OpenCase;
  /** Makes an empty case and opens it. */
  create(directory: string, options: NewCase): Promise<CaseInfo>;
  open(directory: string, passphrase?: string): Promise<CaseInfo>;
  /** Opens the sample case, made empty where it is not there. */
  openSample(): Promise<OpenCase>;
  close(): Promise<void>;
  /** Notes the case's present numbers in the list of recents. */
  remember(): Promise<void>;
};

export type SessionHooks = {
  readonly jobs: Jobs;
  readonly recents: Recents;
  readonly onChange: () => void;
  readonly onSaving: (isSaving: boolean) => void;
};

export const createSession = (options: EngineOptions, hooks: SessionHooks): Session => {
  const sampleDirectory = resolve(join(options.casesDirectory, SAMPLE_NAME));
  let held: OpenCase | undefined;
  let openedAt = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(() => {
      hooks.jobs.requireIdle();
      return work();
    });
    turn = next.catch(() => undefined); // told to the caller; the next in turn starts afresh
    return next;
  };
  const storeOptions = (passphrase?: string): CaseOptions => ({
    program: 'nightjar',
    appVersion: VERSION,
    threads: options.threads,
    ...(options.memoryLimitBytes === undefined ? {} : { memoryLimitBytes: options.memoryLimitBytes }),
    ...(options.keyringPath === undefined ? {} : { keyringPath: options.keyringPath }),
    ...(options.keychainSecret === undefined ? {} : { keychainSecret: options.keychainSecret }),
    ...(passphrase === undefined ? {} : { passphrase }),
    // Whoever has no view of single actors needs no key that makes or undoes pseudonyms: none gets into this process.
    ...(options.role === 'reviewer' ? { keepVaultShut: true } : {}),
  });
  const remember = async (): Promise<void> => {
    if (held === undefined) return;
    const { id, name, directory, events, actors, isSample } = await held.info();
    hooks.recents.remember({ id, name, directory, openedAt, events, actors, isSample });
  };
  const release = async (): Promise<void> => {
    const closing = held;
    if (closing === undefined) return;
    await remember();
    held = undefined;
    await closing.close();
    options.onCase?.(null);
    hooks.onChange();
  };
  /** The case open before is closed only when the new one could be opened. */
  const hold = async (opening: ReturnType<typeof openStore>): Promise<OpenCase> => {
    const opened = await opening;
    try {
      await release();
      openedAt = Date.now();
      held = await holdCase(opened, opened.directory === sampleDirectory, options.threads, hooks.onSaving);
    } catch (error) {
      await opened.close();
      throw error;
    }
    await remember();
    options.onCase?.(opened.directory);
    hooks.onChange();
    return held;
  };
  return {
    current: () => held,
    require: () => {
      if (held !== undefined) return held;
      throw new NightjarError('usage', 'No case is open.', { next: 'Open a case, or make a new one.' });
    },
    create: (directory, { vault, keychain, passphrase }) =>
      inTurn(async () => {
        const under = keychain === true ? { sealing: 'keychain' as const } : {};
        const sealing = vault ? under : { sealing: 'none' as const };
        makeDirectory(options.casesDirectory);
        const sealed = vault ? passphrase : undefined;
        return (await hold(createCase(directory, { ...storeOptions(sealed), ...sealing }))).info();
      }),
    open: (directory, passphrase) =>
      inTurn(async () => {
        if (held !== undefined && held.case.directory === resolve(directory)) return held.info();
        return (await hold(openStore(directory, storeOptions(passphrase)))).info();
      }),
    openSample: () =>
      inTurn(async () => {
        if (held?.isSample === true) return held;
        makeDirectory(options.casesDirectory);
        return hold(openStore(sampleDirectory, { ...storeOptions(), create: 'if-missing' }));
      }),
    close: () => inTurn(release),
    remember,
  };
};
