import { copyFileSync, cpSync, existsSync, linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import {
  createCase,
  destroyVault,
  openCase,
  readManifest,
  verifyDestruction,
  verifyJournal,
  type Case,
} from '../../core/store/index.ts';
import { shredFile } from '../../core/store/shred.ts';
import { caseSecretPath } from '../../core/store/vault-keychain.ts';
import { casePlace, failure, filesIn, scratch } from './support.ts';

const REASON = 'retention period over';
const alice = { pseudonym: 'Abc123abc123', column: 'actor_id', value: 'alice@example.org' };
const PASSPHRASE = 'only for this test';

const commit = async (site: Case): Promise<void> => {
  const sql = "INSERT INTO imports (import_id, batch_id, ordinal, vault_bytes) VALUES ('i' || $1, 'b', 1, $1)";
  await site.connection.run(sql, [site.vault.flush()]);
};

/** A closed case whose vault holds Alice, and its pseudonym key. */
const filled = async (options: { passphrase?: string; sealing?: 'keychain'; keychainSecret?: Uint8Array } = {}) => {
  const place = casePlace();
  const opened = await createCase(place.directory, { keyringPath: place.keyringPath, ...options });
  const key = Buffer.from(opened.vault.pseudonymKey());
  opened.vault.append([alice]);
  await commit(opened);
  await opened.close();
  return { ...place, key, vault: opened.paths.vault, id: opened.id };
};

describe('a file that is shredded', () => {
  test.each([0, 100, 2048, 3_000_001])('of %i bytes is overwritten where it lies, then gone', (size) => {
    const root = scratch();
    const [path, link] = [join(root, 'secret'), join(root, 'link')];
    writeFileSync(path, Buffer.alloc(size, 'S'));
    linkSync(path, link); // another name of the same blocks shows what became of them
    expect(shredFile(path, 2048)).toBe(true);
    expect(existsSync(path)).toBe(false);
    const left = readFileSync(link);
    expect(left).toHaveLength(size);
    // Random bytes hold eight letters S in a row, at a given place, once in 2^64.
    expect(left.includes('SSSSSSSS')).toBe(false);
    expect(left.subarray(2048).every((byte) => byte === 0)).toBe(true);
    if (size >= 2048) expect(left.subarray(0, 2048).every((byte) => byte === 0)).toBe(false);
    expect(shredFile(path, 2048)).toBe(false);
  });
});

describe('a vault that was destroyed', () => {
  test.each(['keyring', 'passphrase'] as const)(
    'under a %s: no key, no header and no identity is left, and nothing opens it',
    async (sealing) => {
      const secret = sealing === 'passphrase' ? { passphrase: PASSPHRASE } : {};
      const { directory, keyringPath, key, vault } = await filled(secret);
      const header = readFileSync(vault).subarray(0, 2048);
      const frames = readFileSync(vault).subarray(2048);
      const done = await destroyVault(directory, { reason: ` ${REASON} `, keyringPath, ...secret });
      expect(done).toMatchObject({ reason: REASON, sealing, key: expect.stringMatching(/^[0-9a-f]{32}$/u) });
      expect(done.header).toMatch(/^[0-9a-f]{64}$/u);

      for (const { path, bytes } of filesIn(directory)) {
        for (const needle of [key, header.subarray(0, 40), frames.subarray(4, 40), Buffer.from(alice.value)]) {
          expect(bytes.includes(needle), path).toBe(false);
        }
      }
      expect(readManifest(directory).sealing).toBe('none');
      expect(verifyJournal(directory)).toMatchObject({ ok: true });
      for (const options of [{ keyringPath }, { keyringPath, passphrase: PASSPHRASE }]) {
        const opened = await openCase(directory, options);
        expect(opened.vault.sealing).toBe('none');
        const noKey = await failure(() => opened.vault.pseudonymKey());
        expect([noKey.code, noKey.message]).toEqual([
          'vault',
          `The vault of this case was destroyed on ${done.at.slice(0, 10)}, and the key of its pseudonyms with it.`,
        ]);
        expect(noKey.next).toContain('new case');
        expect((await failure(() => opened.vault.reidentify(alice.pseudonym, 'a reason'))).code).toBe('vault');
        expect((await failure(() => opened.vault.changePassphrase('new'))).code).toBe('vault');
        await opened.close();
      }
      expect(verifyDestruction(directory, { keyringPath })).toMatchObject({ ok: true, destruction: done });
    },
  );

  test('names its keys in the same way under every passphrase, and not at all where it was shut', async () => {
    const first = await filled({ passphrase: 'old one' });
    const copy = join(scratch(), 'copy');
    cpSync(first.directory, copy, { recursive: true });
    const opened = await openCase(first.directory, { passphrase: 'old one' });
    await opened.vault.changePassphrase('new one');
    await opened.close();
    const [a, b] = [
      await destroyVault(first.directory, { reason: REASON, passphrase: 'new one' }),
      await destroyVault(copy, { reason: REASON, passphrase: 'old one' }),
    ];
    expect(a.key).toBe(b.key);
    expect(a.header).not.toBe(b.header);
    const shut = await filled({ passphrase: PASSPHRASE });
    expect(await destroyVault(shut.directory, { reason: REASON })).toMatchObject({ key: null });
  });

  test('was overwritten in place, not only unlinked', async () => {
    const { directory, keyringPath, vault } = await filled();
    const other = join(scratch(), 'other-name');
    linkSync(vault, other);
    const before = readFileSync(other);
    await destroyVault(directory, { reason: REASON, keyringPath });
    const after = readFileSync(other);
    expect(after).toHaveLength(before.length);
    for (let at = 0; at + 16 <= before.length; at += 16) {
      expect(after.includes(before.subarray(at, at + 16)), `bytes from ${at}`).toBe(false);
    }
  });

  test('with a wrong passphrase, without a reason, or open elsewhere is not touched', async () => {
    const { directory, vault } = await filled({ passphrase: PASSPHRASE });
    const before = readFileSync(vault);
    const journal = verifyJournal(directory);
    expect((await failure(() => destroyVault(directory, { reason: ' . ' }))).code).toBe('usage');
    expect((await failure(() => destroyVault(directory, { reason: 'x'.repeat(1001) }))).code).toBe('usage');
    const wrong = await failure(() => destroyVault(directory, { reason: REASON, passphrase: 'wrong' }));
    expect([wrong.code, wrong.message]).toEqual(['vault', 'The passphrase does not open the vault.']);
    const opened = await openCase(directory);
    expect((await failure(() => destroyVault(directory, { reason: REASON }))).code).toBe('case-locked');
    await opened.close();
    expect(readFileSync(vault).equals(before)).toBe(true);
    expect(verifyJournal(directory)).toEqual(journal);
    expect(verifyDestruction(directory)).toMatchObject({ ok: false, destruction: null });
  });

  test('without a vault there is nothing to destroy', async () => {
    const { directory } = casePlace();
    await (await createCase(directory, { sealing: 'none' })).close();
    const error = await failure(() => destroyVault(directory, { reason: REASON }));
    expect([error.code, error.message]).toEqual([
      'vault',
      'This case was made without a vault: there is nothing to destroy.',
    ]);
  });

  test('stays destroyed when its file is put back', async () => {
    const { directory, keyringPath, vault } = await filled();
    const backup = join(scratch(), 'backup');
    copyFileSync(vault, backup);
    const done = await destroyVault(directory, { reason: REASON, keyringPath });
    copyFileSync(backup, vault);
    expect(verifyDestruction(directory, { keyringPath }).ok).toBe(false);
    const opened = await openCase(directory, { keyringPath });
    expect((await failure(() => opened.vault.pseudonymKey())).code).toBe('vault');
    await opened.close();
    expect(existsSync(vault)).toBe(false);
    const verdict = verifyDestruction(directory, { keyringPath });
    expect(verdict).toMatchObject({ ok: true, destruction: done });

    mkdirSync(join(directory, 'exports', 'old'));
    copyFileSync(backup, join(directory, 'exports', 'old', 'harmless.txt'));
    const failed = verifyDestruction(directory, { keyringPath }).checks.filter(({ ok }) => !ok);
    expect(failed.map(({ sentence }) => sentence)).toEqual(['No file of the case starts as a vault does.']);
  });

  test('is finished at the next opening where a crash cut it off at any step', async () => {
    const { directory, keyringPath, vault } = await filled();
    const whole = join(scratch(), 'whole');
    cpSync(directory, whole, { recursive: true });
    await destroyVault(directory, { reason: REASON, keyringPath });
    const lines = readFileSync(join(directory, 'journal.ndjson'), 'utf8').trimEnd().split('\n');
    const begun = lines.findIndex((line) => line.includes('"vault.destroying"'));
    expect(lines.slice(begun).map((line) => /"event":"([^"]+)"/u.exec(line)?.[1])).toEqual([
      'vault.destroying',
      'vault.destroyed',
    ]);
    const full = readFileSync(join(whole, 'vault.sealed'));
    // Killed after the intent was journalled: with the file untouched, half overwritten, empty, or already gone.
    const half = Buffer.concat([Buffer.alloc(2048, 1), full.subarray(2048)]);
    for (const left of [full, half, Buffer.alloc(0), undefined]) {
      const crashed = join(scratch(), 'crashed');
      cpSync(whole, crashed, { recursive: true });
      writeFileSync(join(crashed, 'journal.ndjson'), `${lines.slice(0, begun + 1).join('\n')}\n`);
      if (left !== undefined) writeFileSync(join(crashed, 'vault.sealed'), left);
      const opened = await openCase(crashed, { keyringPath });
      expect((await failure(() => opened.vault.pseudonymKey())).message).toContain('was destroyed');
      await opened.close();
      expect(verifyDestruction(crashed, { keyringPath }).ok).toBe(true);
    }
    expect(existsSync(vault)).toBe(false);
  });

  test('is found to be told of only: a journal line without the deed, or looks after it', async () => {
    const { directory, keyringPath } = await filled();
    expect(verifyDestruction(directory, { keyringPath }).ok).toBe(false);
    const opened = await openCase(directory, { keyringPath });
    opened.journal.append('vault.destroying', { reason: REASON, key: null, header: null, sealing: 'keyring' });
    opened.vault.reidentify(alice.pseudonym, 'one last look');
    opened.journal.append('vault.destroyed', {});
    await opened.close();
    const failed = verifyDestruction(directory, { keyringPath }).checks.filter(({ ok }) => !ok);
    expect(failed.map(({ sentence }) => sentence)).toEqual([
      'It knows of no answer about an identity since.',
      'The vault file is gone.',
      'No file of the case starts as a vault does.',
      'case.json names no way to open one.',
    ]);
  });
});

describe('a vault under the keychain', () => {
  const keychainSecret = new Uint8Array(32).fill(9);

  test('opens with the keychain’s secret, and with nothing less', async () => {
    const { directory, keyringPath, key, id } = await filled({ sealing: 'keychain', keychainSecret });
    const again = await openCase(directory, { keyringPath, keychainSecret });
    expect(Buffer.from(again.vault.pseudonymKey()).equals(key)).toBe(true);
    expect(again.vault.reidentify(alice.pseudonym, 'ticket 5')).toEqual([alice]);
    await again.close();
    expect(existsSync(keyringPath)).toBe(false);

    const why = async (options: Parameters<typeof openCase>[1]): Promise<string> => {
      const opened = await openCase(directory, options);
      const error = await failure(() => opened.vault.pseudonymKey());
      await opened.close();
      return `${error.code}: ${error.message}`;
    };
    expect(await why({ keyringPath })).toBe("vault: The vault is sealed under the system's keychain.");
    expect(await why({ keyringPath, keychainSecret: new Uint8Array(32).fill(8) })).toBe(
      'vault: The keychain of this machine does not open the vault.',
    );
    expect(await why({ keyringPath: join(scratch(), 'keyring'), keychainSecret })).toBe(
      "vault: The case's secret is missing from this user's configuration directory.",
    );
    const secret = readFileSync(caseSecretPath(keyringPath, id));
    expect(secret.includes(Buffer.from(keychainSecret))).toBe(false);
    const asked = await failure(() => openCase(directory, { passphrase: 'p' }));
    expect(asked.message).toBe('This vault is sealed under the keychain, not a passphrase.');
  });

  test('destroyed, leaves every copy of the case shut, wherever it lies', async () => {
    const { directory, keyringPath, id } = await filled({ sealing: 'keychain', keychainSecret });
    const copy = join(scratch(), 'backup of the whole case');
    cpSync(directory, copy, { recursive: true });
    const before = await openCase(copy, { keyringPath, keychainSecret });
    expect(before.vault.reidentify(alice.pseudonym, 'the copy works')).toEqual([alice]);
    await before.close();
    // Needs no keychain: the command line can do it.
    const done = await destroyVault(directory, { reason: REASON, keyringPath });
    expect(done).toMatchObject({ sealing: 'keychain', key: null });
    expect(existsSync(caseSecretPath(keyringPath, id))).toBe(false);
    expect(verifyDestruction(directory, { keyringPath }).ok).toBe(true);
    const after = await openCase(copy, { keyringPath, keychainSecret });
    expect((await failure(() => after.vault.reidentify(alice.pseudonym, 'a reason'))).code).toBe('vault');
    await after.close();
  });

  test('is not made without one', async () => {
    const { directory, keyringPath } = casePlace();
    expect((await failure(() => createCase(directory, { keyringPath, sealing: 'keychain' }))).code).toBe('vault');
    expect(existsSync(directory)).toBe(false);
  });
});
