import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appPaths } from '../app/paths.ts';

const SECRET_BYTES = 32;

/** What of Electron's `safeStorage` is used, once the app is ready. */
export type SafeStorage = {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
  /** On Linux alone: `basic_text` without a keychain, `unknown` before the app is ready. Old runtimes lack it. */
  getSelectedStorageBackend?(): string;
};

/**
 * The secret that vaults under the keychain are sealed with, as engine settings; nothing where the system has no keychain
 * that keeps anything secret. It is drawn once per user; the file beside the settings holds it encrypted by the system
 * (Keychain on macOS, DPAPI on Windows, Secret Service or KWallet on Linux), so that a copy of the disk without the
 * user's login does not open it. Against other programs of the same user macOS protects, unless the user lets them in;
 * Windows does not; on Linux it depends on the store. A file that does not open is left as it is: what it seals may
 * open again one day.
 */
export const fromKeychain = (
  storage: SafeStorage,
  platform: NodeJS.Platform = process.platform,
  settingsDirectory: string = appPaths().settingsDirectory,
): { readonly keychainSecret?: Uint8Array } => {
  if (!keepsSecrets(storage, platform)) return {};
  const path = join(settingsDirectory, 'keychain.sealed');
  try {
    const sealed = readIfThere(path) ?? create(storage, path);
    const secret = Buffer.from(storage.decryptString(sealed), 'base64');
    if (secret.length === SECRET_BYTES) return { keychainSecret: new Uint8Array(secret) };
  } catch (error) {
    // Another login made it, the system's keychain was reset, or the folder is shut: cases under it stay shut, and say so.
    process.stderr.write(
      `nightjar: the keychain gives no secret (${error instanceof Error ? error.name : 'unknown'}).\n`,
    );
  }
  return {};
};

/** On Linux without a keychain Electron would encrypt with a password that is in its source. */
const keepsSecrets = (storage: SafeStorage, platform: NodeJS.Platform): boolean => {
  if (!storage.isEncryptionAvailable()) return false;
  if (platform !== 'linux') return true;
  const backend = storage.getSelectedStorageBackend?.() ?? 'unknown';
  return backend !== 'basic_text' && backend !== 'unknown';
};

/** Drawn and written whole; of two windows that start at once, both get what was first. */
const create = (storage: SafeStorage, path: string): Buffer => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  writeFileSync(draft, storage.encryptString(randomBytes(SECRET_BYTES).toString('base64')), {
    mode: 0o600,
    flush: true,
  });
  try {
    chmodSync(draft, 0o600);
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path);
};

const readIfThere = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
