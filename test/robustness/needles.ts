import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The ways in which a text may lie in a file. */
export const encodingsOf = (text: string): readonly Buffer[] => {
  const utf8 = Buffer.from(text);
  const hex = utf8.toString('hex');
  return [
    utf8,
    Buffer.from(text, 'utf16le'),
    Buffer.from(hex),
    Buffer.from(hex.toUpperCase()),
    ...base64Forms(utf8),
    Buffer.from(text.toLowerCase()),
    Buffer.from(text.toUpperCase()),
  ];
};

/** Base64 of bytes that begin at any of three places within a longer run; what depends on the neighbours is cut off. */
const base64Forms = (bytes: Buffer): Buffer[] =>
  [0, 1, 2].flatMap((shift) => {
    const whole = Math.floor((shift + bytes.length) / 3) * 3;
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .subarray(0, whole)
      .toString('base64');
    const form = text.slice(shift === 0 ? 0 : 4);
    const forms = [form, form.replaceAll('+', '-').replaceAll('/', '_')];
    return form.length < 6 ? [] : [...new Set(forms)].map((each) => Buffer.from(each));
  });

export type Find = { readonly file: string; readonly needle: string };

/** Every file below a directory, as it is now; files that vanish while they are looked at have no bytes. */
export const bytesBelow = (directory: string): { readonly file: string; readonly bytes: Buffer }[] => {
  if (!existsSync(directory)) return [];
  return listed(directory).flatMap((file) => {
    try {
      return [{ file, bytes: readFileSync(file) }];
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  });
};

const listed = (directory: string): string[] => {
  try {
    return readdirSync(directory, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

/** Where any of the needles lies, in any form. */
export const findNeedles = (directory: string, needles: readonly string[]): Find[] => {
  const forms = needles.flatMap((needle) => encodingsOf(needle).map((form) => ({ needle, form })));
  return bytesBelow(directory).flatMap(({ file, bytes }) =>
    [
      ...new Set(
        forms
          .filter(({ form, needle }) => bytes.includes(form) || file.slice(directory.length).includes(needle))
          .map(({ needle }) => needle),
      ),
    ].map((needle) => ({ file: file.slice(directory.length), needle })),
  );
};
