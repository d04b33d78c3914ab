import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

import { describe, expect, test } from 'vitest';

import { createCase, openCase, verifyJournal, type Case } from '../../core/store/index.ts';
import { deriveKey, passphraseKey, seal, unseal } from '../../core/store/sealing.ts';
import { casePlace, failure, filesIn } from './support.ts';

const alice = { pseudonym: 'Abc123abc123', column: 'actor_id', value: 'alice@example.org' };
const bob = { pseudonym: 'Bbc123abc123', column: 'actor_id', value: 'bob\n["Abc123abc123","x","y"]' };
const aliceAgain = { pseudonym: 'Abc123abc123', column: 'object_id', value: 'alice@example.org' };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** Commits the vault as an import does: what is not committed is cut off at the next opening. */
const commit = async (site: Case): Promise<void> => {
  const sql = "INSERT INTO imports (import_id, batch_id, ordinal, vault_bytes) VALUES ('i' || $1, 'b', 1, $1)";
  await site.connection.run(sql, [site.vault.flush()]);
};

describe('the primitives', () => {
  test('HKDF-SHA-256 gives the first 32 bytes of RFC 5869, test case 3', () => {
    expect(hex(deriveKey(Buffer.alloc(22, 0x0b), '', ''))).toBe(
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d',
    );
  });

  test('scrypt gives the first 32 bytes of RFC 7914, section 12', async () => {
    const key = await passphraseKey('pleaseletmein', Buffer.from('SodiumChloride'), { n: 16384, r: 8, p: 1 });
    expect(hex(key)).toBe('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2');
  });

  test('what is sealed opens with its key and its context only', () => {
    const key = Buffer.alloc(32, 7);
    const sealed = seal(key, Buffer.from('text'), 'here');
    expect(unseal(key, sealed, 'here')?.toString()).toBe('text');
    expect(unseal(key, sealed, 'there')).toBeUndefined();
    expect(unseal(Buffer.alloc(32, 8), sealed, 'here')).toBeUndefined();
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(unseal(key, changed, 'here')).toBeUndefined();
    }
    expect(unseal(key, sealed.subarray(0, 20), 'here')).toBeUndefined();
  });
});

describe('a vault under a passphrase', () => {
  test('opens with it after closing, and not with another', async () => {
    const { directory } = casePlace();
    const first = await createCase(directory, { passphrase: 'correct horse ½' });
    const key = hex(first.vault.pseudonymKey());
    first.vault.append([alice, bob, aliceAgain, alice, { pseudonym: 'p', column: '[', value: ',x' }]);
    await commit(first);
    await first.close();

    const wrong = await failure(() => openCase(directory, { passphrase: 'wrong' }));
    expect([wrong.code, wrong.message]).toEqual(['vault', 'The passphrase does not open the vault.']);

    const again = await openCase(directory, { passphrase: 'correct horse \u00bd' });
    expect(hex(again.vault.pseudonymKey())).toBe(key);
    expect(again.vault.reidentify('Abc123abc123', 'court order 7')).toEqual([alice, aliceAgain]);
    expect(again.vault.reidentify('Bbc123abc123', 'court order 7')).toEqual([bob]);
    expect(again.vault.reidentify(',', 'a text that occurs inside an entry')).toEqual([]);
    await again.close();
  });

  test('stays shut without it, while the case opens', async () => {
    const { directory } = casePlace();
    await (await createCase(directory, { passphrase: 'secret' })).close();
    const opened = await openCase(directory);
    for (const use of [
      () => opened.vault.pseudonymKey(),
      () => opened.vault.append([alice]),
      () => opened.vault.reidentify('x', 'reason'),
    ]) {
      const error = await failure(use);
      expect([error.code, error.next]).toEqual(['vault', 'Open the case with its passphrase.']);
    }
    await opened.close();
  });

  test('changes it', async () => {
    const { directory } = casePlace();
    const first = await createCase(directory, { passphrase: 'old' });
    const key = hex(first.vault.pseudonymKey());
    first.vault.append([alice]);
    await commit(first);
    await first.vault.changePassphrase('new');
    first.vault.append([bob]);
    await commit(first);
    expect(first.vault.reidentify(bob.pseudonym, 'test')).toEqual([bob]);
    await first.close();
    expect((await failure(() => openCase(directory, { passphrase: 'old' }))).code).toBe('vault');
    const again = await openCase(directory, { passphrase: 'new' });
    expect(hex(again.vault.pseudonymKey())).toBe(key);
    expect(again.vault.reidentify(alice.pseudonym, 'test')).toEqual([alice]);
    expect(statSync(again.paths.vault).mode & 0o777).toBe(0o600);
    await again.close();
  });
});

describe('a vault under the keyring', () => {
  test('opens on this machine, and the case directory alone does not', async () => {
    const { directory, keyringPath } = casePlace();
    const first = await createCase(directory, { keyringPath });
    const key = hex(first.vault.pseudonymKey());
    await first.close();
    expect(statSync(keyringPath).mode & 0o777).toBe(0o600);
    const again = await openCase(directory, { keyringPath });
    expect(hex(again.vault.pseudonymKey())).toBe(key);
    await again.close();

    const elsewhere = casePlace();
    const alone = await openCase(directory, { keyringPath: elsewhere.keyringPath });
    const missing = await failure(() => alone.vault.pseudonymKey());
    expect([missing.code, missing.message]).toEqual(['vault', 'The keyring of this machine is missing.']);
    await alone.close();

    await (await createCase(elsewhere.directory, { keyringPath: elsewhere.keyringPath })).close();
    const foreign = await openCase(directory, { keyringPath: elsewhere.keyringPath });
    const other = await failure(() => foreign.vault.pseudonymKey());
    expect([other.code, other.message]).toEqual(['vault', 'The case was sealed under another keyring.']);
    await foreign.close();
  });

  test('says so when the keyring is open to others, damaged, or a passphrase is given', async () => {
    const { directory, keyringPath } = casePlace();
    await (await createCase(directory, { keyringPath })).close();
    const problem = async (): Promise<string> => {
      const opened = await openCase(directory, { keyringPath });
      const error = await failure(() => opened.vault.pseudonymKey());
      await opened.close();
      return error.message;
    };
    chmodSync(keyringPath, 0o644);
    expect(await problem()).toBe('The keyring of this machine can be read by other users.');
    chmodSync(keyringPath, 0o600);
    writeFileSync(keyringPath, 'nightjar-keyring-1 abc\n');
    expect(await problem()).toBe('The keyring of this machine is damaged.');
    const error = await failure(() => openCase(directory, { passphrase: 'p' }));
    expect(error.message).toBe('This vault is sealed under the keyring, not a passphrase.');
  });
});

describe('a case without a vault', () => {
  test('has a key while it is open for the first time, and never again', async () => {
    const { directory } = casePlace();
    const first = await createCase(directory, { sealing: 'none' });
    expect(first.vault.pseudonymKey()).toHaveLength(32);
    first.vault.append([alice]);
    expect(first.vault.flush()).toBe(0);
    expect((await failure(() => first.vault.reidentify('x', 'reason'))).code).toBe('vault');
    await first.close();
    const again = await openCase(directory);
    const error = await failure(() => again.vault.pseudonymKey());
    expect([error.code, error.message]).toEqual(['vault', 'The pseudonym key of this case was never kept.']);
    await again.close();
  });
});

describe('looking into a vault', () => {
  test('needs a reason and is journalled before it answers; a raw identifier typed as a token is not', async () => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath });
    opened.vault.append([alice]);
    expect((await failure(() => opened.vault.reidentify(alice.pseudonym, ' \n'))).code).toBe('usage');
    opened.vault.reidentify(alice.pseudonym, ' ticket 12 ');
    expect(opened.vault.reidentify('alice@example.org', 'typed the wrong thing')).toEqual([]);
    const looks = opened.journal.entries().filter((entry) => entry.event === 'vault.reidentify');
    expect(looks.map((entry) => entry.detail)).toEqual([
      { token: alice.pseudonym, found: 1, reason: 'ticket 12' },
      { token: null, found: 0, reason: 'typed the wrong thing' },
    ]);
    opened.journal.close();
    await failure(() => opened.vault.reidentify(alice.pseudonym, 'the journal is closed'));
    expect(verifyJournal(directory)).toMatchObject({ ok: true, entries: 3 });
  });
});

describe('the file', () => {
  const filled = async (frames: number): Promise<{ opened: Case; keyringPath: string; directory: string }> => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath });
    for (let i = 0; i < frames; i++) {
      opened.vault.append([{ ...alice, pseudonym: `token-${i}` }]);
      opened.vault.flush();
    }
    await commit(opened);
    return { opened, directory, keyringPath };
  };
  const frameBounds = (bytes: Buffer): [number, number][] => {
    const bounds: [number, number][] = [];
    for (let at = 2048; at < bytes.length; at = bounds.at(-1)?.[1] ?? bytes.length) {
      bounds.push([at, at + 4 + bytes.readUInt32LE(at)]);
    }
    return bounds;
  };

  test('is not opened by the pseudonym key, which other stages hold', async () => {
    const { opened } = await filled(1);
    const bytes = readFileSync(opened.paths.vault);
    const [from, to] = frameBounds(bytes)[0] ?? [0, 0];
    const key = deriveKey(opened.vault.pseudonymKey(), opened.id, 'nightjar vault 1 frames');
    const context = `nightjar vault 1 frame 0 of ${opened.id}`;
    expect(unseal(key, bytes.subarray(from + 4, to), context)).toBeUndefined();
    await opened.close();
  });

  test('seals about every MiB, and finds across frames', async () => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath });
    const many = Array.from({ length: 60_000 }, (_, i) => ({ pseudonym: `t${i}`, column: 'ip', value: `value ${i}` }));
    opened.vault.append(many);
    await commit(opened);
    expect(frameBounds(readFileSync(opened.paths.vault))).toHaveLength(2);
    await opened.close();
    const again = await openCase(directory, { keyringPath });
    for (const i of [0, 1, 31_234, 59_999]) expect(again.vault.reidentify(`t${i}`, 'test')).toEqual([many[i]]);
    await again.close();
  });

  test('does not open when frames are swapped, copied or changed', async () => {
    const { opened } = await filled(3);
    const bytes = readFileSync(opened.paths.vault);
    const parts = frameBounds(bytes).map(([from, to]) => bytes.subarray(from, to));
    const header = bytes.subarray(0, 2048);
    const [a, b, c] = parts;
    if (a === undefined || b === undefined || c === undefined) throw new Error('three frames expected');
    const flipped = Buffer.from(c);
    flipped[20] = (flipped[20] ?? 0) ^ 1;
    for (const frames of [
      [b, a, c],
      [a, a, c],
      [a, b, flipped],
    ]) {
      writeFileSync(opened.paths.vault, Buffer.concat([header, ...frames]));
      expect((await failure(() => opened.vault.reidentify('token-9', 'test'))).message).toMatch(
        /of the vault does not open/,
      );
    }
    await opened.close();
  });

  test('that lost committed frames, its header, or all of it is noticed', async () => {
    const { opened, directory, keyringPath } = await filled(3);
    await opened.close();
    const bytes = readFileSync(opened.paths.vault);
    const openAndAsk = async (): Promise<string> => {
      const error = await failure(async () => {
        const again = await openCase(directory, { keyringPath });
        try {
          again.vault.pseudonymKey();
        } finally {
          await again.close();
        }
      });
      return `${error.code}: ${error.message}`;
    };
    writeFileSync(opened.paths.vault, bytes.subarray(0, bytes.length - 1));
    expect(await openAndAsk()).toBe('case-damaged: The vault lacks a part that an import has stored.');
    writeFileSync(opened.paths.vault, bytes.subarray(100));
    expect(await openAndAsk()).toBe('vault: The vault is damaged.');
    rmSync(opened.paths.vault);
    expect(await openAndAsk()).toBe('vault: The vault of the case is missing.');
    const other = casePlace();
    const foreign = await createCase(other.directory, { keyringPath });
    writeFileSync(opened.paths.vault, readFileSync(foreign.paths.vault));
    await foreign.close();
    expect(await openAndAsk()).toBe('vault: The vault belongs to another case.');
    writeFileSync(opened.paths.vault, bytes);
    await (await openCase(directory, { keyringPath })).close();
  });
});

describe('a key', () => {
  test.each(['passphrase', 'keyring', 'none'] as const)('never lies in the case directory (%s)', async (sealing) => {
    const { directory, keyringPath } = casePlace();
    const secret = sealing === 'passphrase' ? { passphrase: 'only for this test' } : {};
    const opened = await createCase(directory, { keyringPath, sealing, ...secret });
    const key = Buffer.from(opened.vault.pseudonymKey());
    opened.vault.append([alice]);
    if (sealing !== 'none') opened.vault.reidentify(alice.pseudonym, 'test');
    await commit(opened);
    const search = (): void => {
      const forbidden = [key, ...(['hex', 'base64', 'base64url'] as const).map((as) => Buffer.from(key.toString(as)))];
      forbidden.push(Buffer.from(alice.value), Buffer.from('only for this test'));
      if (sealing === 'keyring') {
        const text = readFileSync(keyringPath, 'utf8').split(' ')[1]?.trim() ?? '';
        forbidden.push(Buffer.from(text), Buffer.from(text, 'base64'));
      }
      const files = filesIn(directory);
      expect(files.length).toBeGreaterThanOrEqual(3);
      for (const { path, bytes } of files) {
        for (const needle of forbidden) {
          // A piece of it would be as bad: eight bytes at a time.
          for (let i = 0; i + 8 <= needle.length; i += 8) {
            expect(bytes.includes(needle.subarray(i, i + 8)), path).toBe(false);
          }
        }
      }
    };
    search();
    await opened.close();
    search();
  });

  test('is not shown by printing or serialising a case', async () => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath });
    const key = Buffer.from(opened.vault.pseudonymKey());
    const shown = inspect(opened, { depth: 20, showHidden: true }) + JSON.stringify(opened.vault);
    for (const as of ['hex', 'base64'] as const) expect(shown).not.toContain(key.toString(as).slice(0, 8));
    expect(shown).not.toContain(inspect(key).slice(8, 40));
    const copy = opened.vault.pseudonymKey();
    copy.fill(0);
    expect(hex(opened.vault.pseudonymKey())).toBe(hex(key));
    await opened.close();
  });
});
