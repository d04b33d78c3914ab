import { describe, expect, it } from 'vitest';
import { chooseBackend, loadTensorFlow } from '../../../core/detect/autoencoder/index.ts';

describe('chooseBackend', () => {
  it('takes the own kernel unless asked otherwise', async () => {
    const { name, why } = await chooseBackend();
    expect({ name, why }).toEqual({ name: 'simd', why: 'own kernel' });
  });

  it.each(['wasm', 'cpu'] as const)('takes %s when asked for', async (name) => {
    const backend = await chooseBackend(name);
    expect(backend).toMatchObject({ name, why: 'asked for' });
    expect(backend.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect((await loadTensorFlow(name)).getBackend()).toBe(name);
  });

  it('leaves no handler of its own on the process', async () => {
    await chooseBackend('wasm');
    const texts = (['uncaughtException', 'unhandledRejection'] as const).flatMap((event) =>
      process.rawListeners(event).map(String),
    );
    expect(texts.filter((text) => text.includes('ExitStatus'))).toEqual([]);
    expect(texts.filter((text) => /^function\s*\(\w+\)\s*\{\s*throw \w+;?\s*\}$/.test(text))).toEqual([]);
  });
});
