// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { parseTime } from '../../renderer/routes/explore/facets.tsx';
import { scoreSentence } from '../../renderer/routes/explore/inspector.tsx';

const run = (ranked: number, identifiable = true) => ({
  ranked,
  calibration: { method: 'tail-bound' as const, assumptions: '', identifiable, nullShare: 1 },
});

describe('the sentence beside a score', () => {
  it('says percentile and p-value as numbers of actors', () => {
    expect(scoreSentence({ percentile: 99.97, pValue: 0.0005 }, run(1913), 'odd')).toBe(
      'Less usual than 99.97 % of the 1,913 ranked actors, and about 1 in 2,000 ordinary actors would score as high by chance.',
    );
    expect(scoreSentence({ percentile: 99.97, pValue: 7e-9 }, run(1913), 'odd')).toContain(' 1 in 10⁸ ordinary actors');
  });

  it('says alike where that is what stands out, and nothing of chance where none can be told', () => {
    expect(scoreSentence({ percentile: 99.97, pValue: 0.0005 }, run(1913, false), 'alike')).toBe(
      'More alike to others than 99.97 % of the 1,913 ranked actors.',
    );
  });

  it('does not make much of little', () => {
    expect(scoreSentence({ percentile: 40, pValue: 0.6 }, run(10), null)).toBe(
      'Less usual than 40 % of the 10 ranked actors, which is quite ordinary.',
    );
    expect(scoreSentence({ percentile: 40, pValue: null }, run(10), 'odd')).toBe(
      'Less usual than 40 % of the 10 ranked actors.',
    );
  });
});

it.each([
  ['2026-03-14 09:30', Date.UTC(2026, 2, 14, 9, 30)],
  [' 2026-03-14 ', Date.UTC(2026, 2, 14)],
  ['', undefined],
  ['yesterday', null],
  ['2026-13-01', null],
  ['2026-03-14 25:00', null],
])('reads %j as a time', (text, at) => {
  expect(parseTime(text)).toBe(at);
});
