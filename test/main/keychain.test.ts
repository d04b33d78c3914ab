import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { firstCaseOf, roleOf } from '../../main/electron/arguments.ts';
import { fromKeychain, type SafeStorage } from '../../main/electron/keychain.ts';
import { refused, startEngine } from '../api/support.ts';
import { scratch } from '../store/support.ts';

/** A system's keychain, as Electron shows it: bytes that open only under the login that sealed them. */
const keychainOf = (login: number, backend?: string): SafeStorage => {
  const turn = (bytes: Buffer): Buffer => bytes.map((byte) => byte ^ login) as Buffer;
  return {
    isEncryptionAvailable: () => true,
    encryptString: (text) => Buffer.concat([Buffer.from([login]), turn(Buffer.from(text))]),
    decryptString: (sealed) => {
      if (sealed[0] !== login) throw new Error('Error while decrypting the ciphertext');
      return turn(sealed.subarray(1)).toString();
    },
    ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend }),
  };
};

describe('the secret from the keychain', () => {
  test('is drawn once, kept encrypted for its owner, and the same at the next start', () => {
    const settings = join(scratch(), 'nightjar');
    const { keychainSecret } = fromKeychain(keychainOf(7), 'darwin', settings);
    expect(keychainSecret).toHaveLength(32);
    expect(fromKeychain(keychainOf(7), 'darwin', settings)).toEqual({ keychainSecret });
    expect(readdirSync(settings)).toEqual(['keychain.sealed']);
    const path = join(settings, 'keychain.sealed');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const text = Buffer.from(keychainSecret ?? []).toString('base64');
    expect(readFileSync(path).includes(text.slice(0, 8))).toBe(false);
    const elsewhere = fromKeychain(keychainOf(7), 'darwin', join(scratch(), 'nightjar'));
    expect(elsewhere.keychainSecret).not.toEqual(keychainSecret);
  });

  test.each([
    ['linux', undefined],
    ['linux', 'basic_text'],
    ['linux', 'unknown'],
  ] as const)('is not taken from a store that keeps nothing secret (%s, %s)', (platform, backend) => {
    const settings = join(scratch(), 'nightjar');
    expect(fromKeychain(keychainOf(7, backend), platform, settings)).toEqual({});
    expect(existsSync(settings)).toBe(false);
  });

  test('is taken from one on Linux that does, and not where there is none', () => {
    const settings = join(scratch(), 'nightjar');
    expect(fromKeychain(keychainOf(7, 'gnome_libsecret'), 'linux', settings).keychainSecret).toHaveLength(32);
    const none = { ...keychainOf(7), isEncryptionAvailable: () => false };
    expect(fromKeychain(none, 'darwin', settings)).toEqual({});
  });

  test('of another login is not replaced: what it seals may open again', () => {
    const settings = join(scratch(), 'nightjar');
    fromKeychain(keychainOf(7), 'darwin', settings);
    const before = readFileSync(join(settings, 'keychain.sealed'));
    expect(fromKeychain(keychainOf(8), 'darwin', settings)).toEqual({});
    expect(readFileSync(join(settings, 'keychain.sealed')).equals(before)).toBe(true);
    expect(readdirSync(settings)).toHaveLength(1);
  });

  test('does not keep the app from starting where it cannot be kept', () => {
    const root = scratch();
    writeFileSync(join(root, 'file'), '');
    expect(fromKeychain(keychainOf(7), 'darwin', join(root, 'file', 'nightjar'))).toEqual({});
  });
});

test('an engine with it makes, opens and tells of cases under the keychain; without it they stay shut', async () => {
  const keychainSecret = new Uint8Array(32).fill(3);
  const { engine, client } = startEngine({ keychainSecret });
  expect(await client.app.info()).toMatchObject({ keychain: true });
  const made = await client.case.create({ name: 'Mine', keychain: true });
  expect(made.sealing).toBe('keychain');
  await client.case.close();
  await engine.resume(made.directory);
  expect(await client.case.current()).toMatchObject({ sealing: 'keychain' });
  const both = await refused(client.case.create({ name: 'Other', keychain: true, passphrase: 'p' }));
  expect(both).toMatchObject({ code: 'usage' });
  const bare = startEngine();
  expect(await refused(bare.client.case.create({ name: 'Other', keychain: true }))).toMatchObject({ code: 'vault' });
});

test('the window is told its role and its case', () => {
  expect([roleOf(['--role=reviewer']), roleOf(['--role=admin']), roleOf([])]).toEqual([
    'reviewer',
    'investigator',
    'investigator',
  ]);
  expect(firstCaseOf(['--role=reviewer', '--case=/a/b'])).toEqual({ kind: 'case', directory: '/a/b' });
});
