import { describe, expect, it } from 'vitest';
import { formatValue } from '../../core/explain/index.ts';

describe('formatValue', () => {
  it.each([
    [4812, 'objects', '4,812 objects'],
    [4812, 'count', '4,812'],
    [0, 'events', '0 events'],
    [1234.567, 'amount', '1,235'],
    [0.123456, 'index', '0.123'],
    [-3.14159, 'bits', '-3.14 bits'],
    [2.5, 'per hour', '2.5 per hour'],
    [0.5, 'share', '50 %'],
    [0.0456, 'share', '4.6 %'],
    [0, 'share', '0 %'],
    [1, 'share', '100 %'],
    [0.99999, 'share', 'over 99.9 %'],
    [0.00001, 'share', 'under 0.1 %'],
    [12.4, '%', '12 %'],
    [0.25, 'seconds', '250 ms'],
    [90, 's', '90 s'],
    [150, 's', '2.5 minutes'],
    [3, 'hours', '3 hours'],
    [1, 'countries', '1 country'],
    [2, 'countries', '2 countries'],
    [1, 'addresses', '1 address'],
    [1, 'clock hours', '1 clock hour'],
    [1, 'events', '1 event'],
    [1.5, 'events', '1.5 events'],
    [200_000, 's', '2.31 days'],
    [40, 'ms', '40 ms'],
    [0, 's', '0 s'],
    [1536, 'bytes', '1.54 kB'],
    [12, 'bytes', '12 bytes'],
    [7.2e9, 'bytes', '7.2 GB'],
    [0.0000012, '', '1.2E-6'],
    [1e18, '', '1E18'],
    [Number.POSITIVE_INFINITY, '', 'beyond all numbers'],
  ])('%d in %s is %s', (value, unit, expected) => {
    expect(formatValue(value, unit)).toBe(expected);
  });
});
