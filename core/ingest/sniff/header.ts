import { sniffTimeFormat } from '../time/sniff.ts';

/** Values that are data and no name: numbers, times, addresses, mail addresses, UUIDs, long hex, truth values. */
const DATA: readonly RegExp[] = [
  /^[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?%?$/,
  /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?$/,
  /^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}$/i,
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-/i,
  /^(?=.*\d)[0-9a-f]{12,}$/i,
  /^(?:true|false|yes|no|null|nan|na|n\/a)$/i,
  /^[a-z]+:\/\//i,
];

const isData = (value: string): boolean => {
  const text = value.slice(0, 200).trim();
  return (
    DATA.some((pattern) => pattern.test(text)) || (/\d/.test(text) && sniffTimeFormat([text]).format !== undefined)
  );
};

const NAME = /^[^\d\s\p{C}][\p{L}\p{N}_ .:/()#%$@&+-]{0,63}$/u;

/**
 * Whether the first record names the columns: it holds no data values and no empty or repeated ones where the records below hold
 * data, or, in a table of texts alone, looks like names that do not occur below.
 */
export const hasHeader = (records: readonly (readonly string[])[]): boolean => {
  const [first = [], ...rest] = records;
  const filled = first.filter((field) => field.trim() !== '');
  if (filled.length === 0 || filled.some(isData)) return false;
  const contrast = first.some((_, i) => {
    const column = rest.map((record) => record[i] ?? '').filter((value) => value.trim() !== '');
    return column.length > 0 && column.filter(isData).length > column.length / 2;
  });
  if (contrast) return true;
  const recurs = first.some((field, i) => field.trim() !== '' && rest.some((record) => record[i] === field));
  return filled.every((field) => NAME.test(field.trim())) && !recurs;
};
