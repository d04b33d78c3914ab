import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { makeDirectory, replaceFile } from '../../store/index.ts';
import { parsedJson } from '../../text/index.ts';

/** A small file of settings, readable by its owner alone and replaced whole. */
export type SettingsFile<T> = { read(): T; write(value: T): void };

/** A file that is missing or damaged is read as `empty`: settings are a convenience, no evidence. */
export const settingsFile = <T>(path: string, shape: z.ZodType<T>, empty: T): SettingsFile<T> => ({
  read: () => {
    if (!existsSync(path)) return empty;
    const parsed = shape.safeParse(parsedJson(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : empty;
  },
  write: (value) => {
    makeDirectory(dirname(path));
    replaceFile(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
  },
});
