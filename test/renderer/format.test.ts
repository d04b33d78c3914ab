import { describe, expect, it } from 'vitest';
import { ago, bytes, counted, duration, instant, revealed, share, timeLeft } from '../../renderer/format.ts';

describe('format', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [348_123, '348 kB'],
    [1_250_000, '1.3 MB'],
    [5e15, '5000 TB'],
  ])('bytes %d', (value, text) => expect(bytes(value)).toBe(text));

  it.each([
    [12, '12 ms'],
    [3300, '3.3 s'],
    [59_960, '1 min 0 s'],
    [119_700, '2 min 0 s'],
    [200_000, '3 min 20 s'],
    [3_599_800, '1 h 0 min'],
    [7_500_000, '2 h 5 min'],
  ])('duration %d', (ms, text) => expect(duration(ms)).toBe(text));

  it.each([
    [2, 'a few seconds left'],
    [12, '15 s left'],
    [61, '2 min left'],
  ])('time left %d', (seconds, text) => expect(timeLeft(seconds)).toBe(text));

  it.each([
    [0, '0 %'],
    [0.1234, '12.3 %'],
    [1, '100 %'],
  ])('share %d', (value, text) => expect(share(value)).toBe(text));

  it('shows what nobody would see in a value, and leaves the rest as it is', () => {
    expect(revealed('\u202egnp.exe')).toBe('\\u202egnp.exe');
    expect(revealed('a\nb\u0000\u200b')).toBe('a\\u000ab\\u0000\\u200b');
    expect(revealed('\u{e0041}')).toBe('\\udb40\\udc41'); // a tag character
    for (const plain of ['<b>x</b>', 'Zoë 漢字 שלום', '👩\u200d👧 ❤\ufe0f']) expect(revealed(plain)).toBe(plain);
  });

  it('counts with a noun', () => {
    expect(counted(1, 'row')).toBe('1 row');
    expect(counted(1200, 'row')).toBe('1,200 rows');
  });

  it('instants are UTC', () => expect(instant(Date.UTC(2026, 2, 1, 14, 5))).toBe('2026-03-01 14:05 UTC'));

  it.each([
    [0, 'just now'],
    [5 * 60_000, '5 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [24 * 3_600_000, '1 day ago'],
    [50 * 3_600_000, '2 days ago'],
  ])('ago %d', (ms, text) => expect(ago(1e12 - ms, 1e12)).toBe(text));
});
