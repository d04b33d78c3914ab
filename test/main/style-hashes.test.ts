// @vitest-environment jsdom
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { legend, plot } from '@observablehq/plot';
import { expect, test } from 'vitest';
import { STYLE_HASHES } from '../../main/page/style-hashes.ts';

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const stylesIn = ({ outerHTML }: { readonly outerHTML: string }): string[] =>
  [...outerHTML.matchAll(/<style>([^<]*)<\/style>/gu)].map(([, text = '']) => hashOf(text));

test("the policy allows exactly the style that Plot's plots carry", () => {
  expect(stylesIn(plot({ marks: [] }))).toEqual([STYLE_HASHES['Observable Plot: a plot']]);
});

test('and the one of its ramp legends', () => {
  const ramp = legend({
    color: { type: 'threshold', domain: [1, 2], range: ['red', 'green', 'blue'] },
    legend: 'ramp',
  });
  expect(stylesIn(ramp)).toEqual([STYLE_HASHES['Observable Plot: a ramp legend']]);
});

test('and the one of pressable elements, which react-aria adds', () => {
  const source = readFileSync('node_modules/react-aria/dist/private/interactions/usePress.mjs', 'utf8');
  const attribute = /PRESSABLE_ATTRIBUTE = '([^']+)'/u.exec(source)?.[1] ?? '';
  const template = /style\.textContent = `([^`]*)`\.trim\(\)/u.exec(source)?.[1] ?? '';
  const text = template.replace(/\$\{[^}]*PRESSABLE_ATTRIBUTE\}/u, attribute).trim();
  expect(text).toContain(attribute);
  expect(hashOf(text)).toBe(STYLE_HASHES['react-aria: pressable elements']);
});
