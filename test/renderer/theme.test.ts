import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BANDS, bandOf } from '../../renderer/theme/bands.ts';
import { cssName, GRAPHIC_PAIRS, TEXT_PAIRS, THEMES } from '../../renderer/theme/tokens.ts';
import type { ThemeName, Tokens } from '../../renderer/theme/tokens.ts';
import { contrast, luminance } from './contrast.ts';

const isToken = (name: string): name is keyof Tokens => name in THEMES.light;
const TOKENS = Object.keys(THEMES.light).filter(isToken);
const NAMES: readonly ThemeName[] = ['light', 'dark', 'high-contrast'];

describe('contrast', () => {
  it('is that of WCAG', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
    expect(contrast('#ffffff', '#777777')).toBeCloseTo(4.478, 3);
  });

  it.each(NAMES.flatMap((theme) => TEXT_PAIRS.map(([text, surface]) => [theme, text, surface] as const)))(
    '%s: %s on %s can be read',
    (theme, text, surface) => {
      expect(contrast(THEMES[theme][text], THEMES[theme][surface])).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(NAMES.flatMap((theme) => GRAPHIC_PAIRS.map(([mark, surface]) => [theme, mark, surface] as const)))(
    '%s: %s on %s can be seen',
    (theme, mark, surface) => {
      expect(contrast(THEMES[theme][mark], THEMES[theme][surface])).toBeGreaterThanOrEqual(3);
    },
  );

  it.each(NAMES)('%s: the score ramp goes one way in lightness, so that it does not depend on hue', (theme) => {
    const { score0, score1, score2, score3, score4 } = THEMES[theme];
    const steps = [score0, score1, score2, score3, score4].map(luminance);
    const sorted = [...steps].sort((a, b) => (theme === 'light' ? b - a : a - b));
    expect(steps).toEqual(sorted);
    expect(new Set(steps).size).toBe(5);
  });
});

describe('tokens.css', () => {
  const css = readFileSync(new URL('../../renderer/theme/tokens.css', import.meta.url), 'utf8');
  const blockAfter = (selector: string): string => {
    const start = css.indexOf(`${selector} {`);
    expect(start).toBeGreaterThanOrEqual(0);
    return css.slice(start, css.indexOf('}', start));
  };
  it.each([
    ["[data-theme='light']", 'light'],
    ['  :root:not([data-theme])', 'dark'],
    ["[data-theme='dark']", 'dark'],
    ["[data-theme='high-contrast']", 'high-contrast'],
  ] as const)('%s holds the values of %s', (selector, theme) => {
    const block = blockAfter(selector);
    for (const token of TOKENS) expect(block).toContain(`${cssName(token)}: ${THEMES[theme][token]};`);
    expect(block.match(/--[\w-]+: #/g)).toHaveLength(TOKENS.length);
  });
});

describe('bands', () => {
  it.each([
    [0, 0],
    [89.99, 0],
    [90, 1],
    [94.99, 1],
    [95, 2],
    [98.99, 2],
    [99, 3],
    [99.89, 3],
    [99.9, 4],
    [100, 4],
    [Number.NaN, 0],
  ])('percentile %d is in band %d', (percentile, band) => {
    expect(bandOf(percentile).index).toBe(band);
  });

  it('each has a colour of its own', () => {
    expect(new Set(BANDS.map(({ token }) => token)).size).toBe(BANDS.length);
  });
});
