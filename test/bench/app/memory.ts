import { readdirSync, readFileSync } from 'node:fs';

/** Resident memory of a process and of all below it, by what each is; empty where there is no /proc. */
export const memoryOf = async (pid: number): Promise<readonly { readonly name: string; readonly bytes: number }[]> => {
  const status = statusOf(pid);
  if (status === null) return [];
  const below = children(pid).flatMap((child) => [child, ...children(child)]);
  const rest = below.reduce((sum, child) => sum + (statusOf(child) ?? 0), 0);
  return [
    { name: 'server', bytes: status },
    { name: 'engine', bytes: rest },
  ];
};

const children = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((other) => field(other, 'PPid') === pid);

const statusOf = (pid: number): number | null => {
  const kib = field(pid, 'VmRSS');
  return kib === null ? null : kib * 1024;
};

const field = (pid: number, name: string): number | null => {
  try {
    const match = new RegExp(`^${name}:\\s*(\\d+)`, 'mu').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match ? Number(match[1]) : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
};
