import { expect, test } from 'vitest';
import { chooseBackend } from '../../../core/detect/autoencoder/index.ts';

test('callers who ask for a backend at the same time, before it is loaded, all get it', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => chooseBackend('wasm')));
  expect(all.map(({ name }) => name)).toEqual(Array.from({ length: 6 }, () => 'wasm'));
});
