// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../renderer/plots/catalogue.ts';
import { drawingOf, keptDrawing } from './golden.ts';

describe.each(CATALOGUE)('$name', ({ name, draw, twin }) => {
  it('is drawn as it was kept', () => {
    const drawn = drawingOf(draw());
    expect(drawn).toBe(keptDrawing(name, drawn));
  });

  it('says what it shows, and sets no style that a content policy would stop', () => {
    const drawing = draw();
    expect([drawing, ...drawing.querySelectorAll('*')].some((e) => (e.getAttribute('aria-label') ?? '') !== '')).toBe(
      true,
    );
    expect(drawing.querySelectorAll('script, foreignObject, image, a')).toHaveLength(0);
  });

  it('has a table twin whose rows fill its columns', () => {
    const { caption, columns, rows } = twin();
    expect(caption).not.toBe('');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
  });
});

it('names every plot once', () => {
  expect(new Set(CATALOGUE.map((entry) => entry.name)).size).toBe(CATALOGUE.length);
});
