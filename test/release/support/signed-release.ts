import { releaseBody } from '../../../core/api/release/release-body.ts';
import { parseRational } from '../../../core/math/rational.ts';
import type { Release } from '../../../core/release/index.ts';
import type { JsonValue, SigningKey } from '../../../core/release/keys/index.ts';
import { parseRelease, signRelease, type ReleaseFile } from '../../../core/release/release-file/index.ts';

/** A release as its signed file, read back: asked by ana, approved by ben, and paid for by line 7 of a ledger. */
export const signedRelease = (
  release: Release,
  asked: { readonly query: JsonValue; readonly epsilon: string; readonly delta: string },
  key: SigningKey,
): ReleaseFile => {
  const entry = {
    seq: 7,
    at: '2026-01-01T00:00:00.000Z',
    event: 'release.debited',
    detail: {},
    journal: { entries: 1, hash: 'a'.repeat(64) },
    nonce: 'b'.repeat(32),
    previous: 'c'.repeat(64),
    hash: 'd'.repeat(64),
  };
  const request = {
    id: 'e'.repeat(32),
    askedAt: entry.at,
    asker: 'ana',
    purpose: 'a test',
    query: asked.query,
    epsilon: parseRational(asked.epsilon),
    delta: parseRational(asked.delta),
    state: 'pending',
    reason: undefined,
    debit: undefined,
    answer: undefined,
  } as const;
  const body = releaseBody({ caseId: 'f'.repeat(32), request, release, entry, account: 'ben', reviewer: 'Reviewer' });
  return parseRelease(signRelease(body, key).toString());
};
