import { cpSync, linkSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { createCase, openCase, type Case } from '../../core/store/index.ts';
import { casePlace, failure, scratch } from './support.ts';

const alice = { pseudonym: 'Abc123abc123', column: 'actor_id', value: 'alice@example.org' };
const bob = { pseudonym: 'Bbc123abc123', column: 'actor_id', value: 'bob@example.org' };
const commit = async (site: Case): Promise<void> => {
  const sql = "INSERT INTO imports (import_id, batch_id, ordinal, vault_bytes) VALUES ('i' || $1, 'b', 1, $1)";
  await site.connection.run(sql, [site.vault.flush()]);
};
const looks = (site: Case): readonly object[] =>
  site.journal
    .entries()
    .filter(({ event }) => event === 'vault.reidentify' || event === 'vault.look-failed')
    .map(({ event, detail }) => ({ event, ...detail }));

describe('a look', () => {
  test('at several is an entry each, before any answer, and strangers stay unnamed', async () => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath });
    opened.vault.append([alice, bob]);
    const found = opened.vault.reidentifyAll([alice.pseudonym, 'carol@example.org', bob.pseudonym], ' ticket 12 ');
    expect([...found]).toEqual([
      [alice.pseudonym, [alice]],
      ['carol@example.org', []],
      [bob.pseudonym, [bob]],
    ]);
    const reason = 'ticket 12';
    expect(looks(opened)).toEqual([
      { event: 'vault.reidentify', token: alice.pseudonym, found: 1, reason },
      { event: 'vault.reidentify', token: null, found: 0, reason },
      { event: 'vault.reidentify', token: bob.pseudonym, found: 1, reason },
    ]);
    await opened.close();
  });

  test.each([
    ['', 'This needs a reason.'],
    [' \n', 'This needs a reason.'],
    ['...', 'This needs a reason.'],
    ['ok', 'The reason is too short to tell anybody anything.'],
    ['x'.repeat(1001), 'The reason is longer than 1000 characters.'],
  ])('for the reason %j is refused', async (reason, message) => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath });
    opened.vault.append([alice]);
    const error = await failure(() => opened.vault.reidentify(alice.pseudonym, reason));
    expect([error.code, error.message]).toEqual(['usage', message]);
    expect(looks(opened)).toEqual([]);
    await opened.close();
  });

  test('at nobody, or at everybody, is refused', async () => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath });
    const many = Array.from({ length: 1001 }, (_, i) => `t${i}`);
    for (const tokens of [[], many]) {
      expect((await failure(() => opened.vault.reidentifyAll(tokens, 'a reason'))).code).toBe('usage');
    }
    await opened.close();
  });

  test('that fails is journalled: shut, damaged, without a vault', async () => {
    const place = casePlace();
    const first = await createCase(place.directory, { passphrase: 'secret' });
    first.vault.append([alice]);
    await commit(first);
    await first.close();
    const shut = await openCase(place.directory);
    await failure(() => shut.vault.reidentifyAll([alice.pseudonym, 'x'], 'a reason'));
    expect(looks(shut)).toEqual([{ event: 'vault.look-failed', tokens: 2, why: 'vault', reason: 'a reason' }]);
    const bytes = readFileSync(shut.paths.vault);
    bytes[2048 + 40] = (bytes[2048 + 40] ?? 0) ^ 1;
    await shut.close();
    writeFileSync(shut.paths.vault, bytes);
    const damaged = await openCase(place.directory, { passphrase: 'secret' });
    expect((await failure(() => damaged.vault.reidentify(alice.pseudonym, 'another'))).code).toBe('vault');
    expect(looks(damaged).at(-1)).toEqual({ event: 'vault.look-failed', tokens: 1, why: 'vault', reason: 'another' });
    await damaged.close();

    const none = await createCase(casePlace().directory, { sealing: 'none' });
    const error = await failure(() => none.vault.reidentify('x', 'a third'));
    expect([error.code, error.message]).toEqual([
      'vault',
      'This case was made without a vault: nobody can re-identify.',
    ]);
    expect(looks(none)).toEqual([{ event: 'vault.look-failed', tokens: 1, why: 'no-vault', reason: 'a third' }]);
    await none.close();
  });
});

describe('a passphrase', () => {
  test('that is wrong is journalled, and told in the same words as a changed header', async () => {
    const { directory } = casePlace();
    const first = await createCase(directory, { passphrase: 'secret' });
    await first.close();
    const wrong = await failure(() => openCase(directory, { passphrase: 'guess' }));
    const entries = readFileSync(first.paths.journal, 'utf8');
    expect(entries.match(/"vault\.wrong-passphrase"/gu)).toHaveLength(1);
    expect(entries).not.toContain('guess');
    const header = readFileSync(first.paths.vault, 'utf8');
    for (const name of ['keys', 'salt']) {
      const other = header.replace(
        new RegExp(`("${name}":")(.)`, 'u'),
        (_, start: string, c: string) => `${start}${c === 'A' ? 'B' : 'A'}`,
      );
      expect(other).not.toBe(header);
      writeFileSync(first.paths.vault, other);
      const changed = await failure(() => openCase(directory, { passphrase: 'secret' }));
      expect([changed.code, changed.message, changed.next]).toEqual([wrong.code, wrong.message, wrong.next]);
    }
    writeFileSync(first.paths.vault, header);
    await (await openCase(directory, { passphrase: 'secret' })).close();
  });

  test('that was changed leaves no header behind that the old one opens', async () => {
    const { directory } = casePlace();
    const opened = await createCase(directory, { passphrase: 'old' });
    opened.vault.append([alice]);
    await commit(opened);
    const oldBlocks = join(scratch(), 'same-blocks');
    linkSync(opened.paths.vault, oldBlocks);
    const copy = readFileSync(oldBlocks).subarray(0, 2048);
    await opened.vault.changePassphrase('new');
    expect(readFileSync(oldBlocks).subarray(0, 2048).includes(copy.subarray(0, 64))).toBe(false);
    expect(opened.vault.reidentify(alice.pseudonym, 'still there')).toEqual([alice]);
    await opened.close();
    await (await openCase(directory, { passphrase: 'new' })).close();
  });

  test('of a vault that has none is not changed', async () => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath });
    const error = await failure(() => opened.vault.changePassphrase('new'));
    expect([error.code, error.message]).toEqual(['vault', 'The vault is sealed under the keyring, not a passphrase.']);
    expect((await failure(() => opened.vault.changePassphrase(''))).code).toBe('usage');
    await opened.close();
  });
});

test('a case opened with its vault shut has no key, whatever could open it', async () => {
  const { directory, keyringPath } = casePlace();
  await (await createCase(directory, { keyringPath })).close();
  const copy = join(scratch(), 'copy');
  cpSync(directory, copy, { recursive: true });
  const opened = await openCase(copy, { keyringPath, keepVaultShut: true });
  expect((await failure(() => opened.vault.pseudonymKey())).message).toContain('stays shut');
  expect((await failure(() => opened.vault.reidentify('x', 'a reason'))).code).toBe('vault');
  await opened.close();
});
