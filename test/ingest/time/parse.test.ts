import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NightjarError } from '../../../core/api/errors.ts';
import type { TimeKind } from '../../../core/ingest/time/index.ts';
import { parseIso, parseIsoBytes, parseTimestamp, syslogClock, utc } from '../../../core/ingest/time/index.ts';

/** µs of an instant JavaScript's own Date knows, plus microseconds. */
const at = (iso: string, micros = 0): number => Date.parse(iso) * 1000 + micros;

const READ: readonly (readonly [TimeKind, string, number])[] = [
  ['iso', '2026-01-31T10:11:12Z', at('2026-01-31T10:11:12Z')],
  ['iso', '2026-01-31 10:11:12', at('2026-01-31T10:11:12Z')],
  ['iso', '2026/01/31 10:11', at('2026-01-31T10:11:00Z')],
  ['iso', '2026-01-31', at('2026-01-31T00:00:00Z')],
  ['iso', ' 2026-01-31t10:11:12z ', at('2026-01-31T10:11:12Z')],
  ['iso', '2026-01-31T10:11:12.123456789Z', at('2026-01-31T10:11:12Z', 123_456)],
  ['iso', '2026-01-31T10:11:12,5+02:00', at('2026-01-31T08:11:12Z', 500_000)],
  ['iso', '2026-01-31T10:11:12-0330', at('2026-01-31T13:41:12Z')],
  ['iso', '2026-01-31T10:11:12+05', at('2026-01-31T05:11:12Z')],
  ['iso', '2026-01-31 10:11:12 +0100', at('2026-01-31T09:11:12Z')],
  ['iso', '2026-01-31 10:11:12 UTC', at('2026-01-31T10:11:12Z')],
  ['iso', '2024-02-29', at('2024-02-29T00:00:00Z')],
  ['iso', '2026-01-31T24:00:00Z', at('2026-02-01T00:00:00Z')],
  ['iso', '2016-12-31T23:59:60Z', at('2017-01-01T00:00:00Z')],
  ['iso', '2016-12-31T23:59:60.7Z', at('2017-01-01T00:00:00Z')],
  ['iso', '1969-12-31T23:59:59.999999Z', -1],
  ['epoch-s', '1588205199.82437', 1_588_205_199_824_370],
  ['epoch-s', '1.58820519982437e9', 1_588_205_199_824_370],
  ['epoch-s', '-1.5', -1_500_000],
  ['epoch-ms', '1588205199824', 1_588_205_199_824_000],
  ['epoch-us', '1588205199824370', 1_588_205_199_824_370],
  ['epoch-ns', '1588205199824370999', 1_588_205_199_824_370],
  ['day-step', '0', 0],
  ['day-step', '199', 199 * 86_400e6],
  ['day-step', '1.5', 129_600e6],
  ['clf', '17/May/2015:10:05:03 +0000', at('2015-05-17T10:05:03Z')],
  ['clf', '[17/May/2015:10:05:03 -0700]', at('2015-05-17T17:05:03Z')],
  ['rfc2822', 'Thu, 22 Aug 2002 18:26:25 +0700', at('2002-08-22T11:26:25Z')],
  ['rfc2822', 'Tue,  3 Sep 02 9:05 PDT', at('2002-09-03T16:05:00Z')],
  ['syslog', 'Mar 27 13:06:56', at('2000-03-27T13:06:56Z')],
  ['syslog', 'Feb 29 00:00:00.25', at('2000-02-29T00:00:00Z', 250_000)],
  ['syslog', 'Mar  7 2024 13:06:56', at('2024-03-07T13:06:56Z')],
  ['us', '03/27/2026 01:05:06 PM', at('2026-03-27T13:05:06Z')],
  ['us', '3/27/26 12:05 AM', at('2026-03-27T00:05:00Z')],
  ['us', '03/27/2026', at('2026-03-27T00:00:00Z')],
  ['eu', '27.03.2026 13:05', at('2026-03-27T13:05:00Z')],
  ['eu', '27/03/2026, 13:05:06.5', at('2026-03-27T13:05:06Z', 500_000)],
  ['compact', '20260131T101112Z', at('2026-01-31T10:11:12Z')],
  ['compact', '20260131101112', at('2026-01-31T10:11:12Z')],
  ['compact', '20260131', at('2026-01-31T00:00:00Z')],
  ['compact', '20260131T101112.25+0100', at('2026-01-31T09:11:12Z', 250_000)],
];

const REFUSED: readonly (readonly [TimeKind, string])[] = [
  ['iso', ''],
  ['iso', '2026-02-30'],
  ['iso', '2025-02-29T00:00:00Z'],
  ['iso', '2026-13-01'],
  ['iso', '2026-00-10'],
  ['iso', '2026-01-31T25:00:00Z'],
  ['iso', '2026-01-31T24:00:01Z'],
  ['iso', '2026-01-31T10:60:00Z'],
  ['iso', '2026-01-31T10:11:61Z'],
  ['iso', '2026-01-31T10:11:12.Z'],
  ['iso', '2026-01-31T10:11:12.1234567890Z'],
  ['iso', '2026-01-31T10:11:12+2'],
  ['iso', '2026-01-31T10:11:12 nonsense'],
  ['iso', '2026-01-31T10:11:1'],
  ['iso', '2026-01/31'],
  ['iso', '2026-01-31\u00e910:11:12'],
  ['iso', '9999-12-31T00:00:00Z'],
  ['iso', '0001-01-01'],
  ['epoch-s', 'abc'],
  ['epoch-s', ''],
  ['epoch-s', '99999999999999999999'],
  ['epoch-s', '12:00'],
  ['day-step', '1e99'],
  ['day-step', 'one'],
  ['clf', '31/Feb/2015:10:05:03 +0000'],
  ['clf', '17/Foo/2015:10:05:03 +0000'],
  ['rfc2822', 'Thu, 32 Aug 2002 18:26:25 +0700'],
  ['syslog', 'Foo 27 13:06:56'],
  ['us', '27/03/2026'],
  ['us', '03/27/2026 13:05 PM'],
  ['eu', '03/27/2026'],
  ['compact', '20261301'],
];

describe('parseTimestamp', () => {
  test.each(READ)('%s %s', (kind, text, micros) => expect(parseTimestamp(text, utc(kind))).toBe(micros));
  test.each(REFUSED)('%s refuses %j', (kind, text) => expect(parseTimestamp(text, utc(kind))).toBeNaN());

  test('a zone given is used only where the text has none', () => {
    const format = { kind: 'iso', zone: '+02:00' } as const;
    expect(parseTimestamp('2026-01-31T10:00:00', format)).toBe(at('2026-01-31T08:00:00Z'));
    expect(parseTimestamp('2026-01-31T10:00:00Z', format)).toBe(at('2026-01-31T10:00:00Z'));
    expect(parseTimestamp('27.03.2026 13:05', { kind: 'eu', zone: 'Europe/Berlin' })).toBe(at('2026-03-27T12:05:00Z'));
    expect(parseTimestamp('not a time', { kind: 'iso', zone: 'Europe/Berlin' })).toBeNaN();
  });

  test('clocks back: the earlier instant; clocks forward: moved on by the gap', () => {
    const berlin = { kind: 'iso', zone: 'Europe/Berlin' } as const;
    expect(parseTimestamp('2025-10-26T02:30:00', berlin)).toBe(at('2025-10-26T00:30:00Z'));
    expect(parseTimestamp('2025-03-30T02:30:00', berlin)).toBe(at('2025-03-30T01:30:00Z'));
  });

  test('an unknown zone is a usage error that names no value', () => {
    expect(() => parseTimestamp('2026-01-31', { kind: 'iso', zone: 'Mars/Olympus' })).toThrow(NightjarError);
  });

  test('every instant survives being written and read, in bytes too', () => {
    const instant = fc.date({
      min: new Date('1700-01-01T00:00:00Z'),
      max: new Date('2250-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, minutes) => {
        const micros = date.getTime() * 1000;
        const sign = minutes < 0 ? '-' : '+';
        const [h, m] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
        const local = new Date(date.getTime() + minutes * 60_000).toISOString().replace('Z', '');
        const text = `${local}${sign}${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
        expect(parseIso(text)).toBe(micros);
        const bytes = new TextEncoder().encode(`,${text},`);
        expect(parseIsoBytes(bytes, 1, bytes.length - 1)).toBe(micros);
        expect(parseTimestamp(String(date.getTime()), utc('epoch-ms'))).toBe(micros);
      }),
    );
  });

  test('no text makes any parser throw', () => {
    const kinds: readonly TimeKind[] = [
      'iso',
      'epoch-s',
      'epoch-ns',
      'day-step',
      'clf',
      'rfc2822',
      'syslog',
      'us',
      'compact',
    ];
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...kinds), (text, kind) => {
        expect(typeof parseTimestamp(text, utc(kind))).toBe('number');
      }),
    );
  });
});

describe('syslogClock', () => {
  test('the year turns from December to January, and a late line keeps the old one', () => {
    const clock = syslogClock(2023);
    expect(clock('Mar 27 13:06:56')).toBe(at('2023-03-27T13:06:56Z'));
    expect(clock('Dec 31 23:59:59')).toBe(at('2023-12-31T23:59:59Z'));
    expect(clock('Jan  1 00:00:01')).toBe(at('2024-01-01T00:00:01Z'));
    expect(clock('Dec 31 23:59:58')).toBe(at('2023-12-31T23:59:58Z'));
    expect(clock('Jan  1 00:00:02')).toBe(at('2024-01-01T00:00:02Z'));
    expect(clock('Feb 29 00:00:00')).toBe(at('2024-02-29T00:00:00Z'));
    expect(clock('nonsense')).toBeNaN();
  });

  test('a month that falls back by six or less is a late line', () => {
    const clock = syslogClock(2023);
    expect(clock('Aug 31 00:00:00')).toBe(at('2023-08-31T00:00:00Z'));
    expect(clock('Feb 25 00:00:00')).toBe(at('2023-02-25T00:00:00Z'));
  });
});
