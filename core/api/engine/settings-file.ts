import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { makeDirectory, replaceFile } from '../../store/index.ts';

/** A small file of settings, readable by its owner alone and replaced whole. */
export type SettingsFile<T> = { read(): T; write(value: T): void };

/** A file that is missing or damaged is read as `empty`: settings are a convenience, no evidence. */
export const settingsFile = <T>(path: string, shape: z.ZodType<T>, empty: T): SettingsFile<T> => ({
  read: () => {
    if (!existsSync(path)) return empty;
    const parsed = shape.safeParse(parseJson(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : empty;
  },
  write: (value) => {
    makeDirectory(dirname(path));
    replaceFile(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
  },
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // one more way of being damaged, which the shape refuses
  }
};
