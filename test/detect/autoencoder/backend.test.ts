import { describe, expect, it } from 'vitest';
import { chooseBackend } from '../../../core/detect/autoencoder/index.ts';

describe('chooseBackend', () => {
  it('names what it took, its version and why', async () => {
    const { name, version, why } = await chooseBackend();
    expect(['native', 'wasm']).toContain(name);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(why).toMatch(/^first that works/);
  });

  it.each(['wasm', 'cpu'] as const)('takes %s when asked for', async (name) => {
    const { why, tf, ...backend } = await chooseBackend(name);
    expect(backend.name).toBe(name);
    expect(why).toBe('asked for');
    expect(tf.getBackend()).toBe(name);
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
