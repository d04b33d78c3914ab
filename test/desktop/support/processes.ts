import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type RunningProcess = {
  readonly pid: number;
  /** Words joined by spaces: Chromium joins those of its helpers itself. */
  readonly commandLine: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** The processes of a process group, by what the kernel tells. */
export const processesOf = (group: number): readonly RunningProcess[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && groupOf(name) === group)
    .map((name) => ({
      pid: Number(name),
      commandLine: wordsOf(name, 'cmdline').join(' '),
      environment: Object.fromEntries(wordsOf(name, 'environ').map((word) => word.split(/=(.*)/su, 2))),
    }));

/** The one process of that type, as Chromium names them; `main` is the one without a type. */
export const processOfType = (processes: readonly RunningProcess[], type: ProcessType): RunningProcess => {
  const found = processes.filter(({ commandLine }) => PROCESS_TYPES[type](commandLine));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} processes of type ${type}`);
  return first;
};

export type ProcessType = 'main' | 'engine' | 'page';

const PROCESS_TYPES: Readonly<Record<ProcessType, (commandLine: string) => boolean>> = {
  main: (line) => /^\S+\/(?:electron|nightjar) /u.test(line) && !line.includes(' --type='),
  engine: (line) => line.includes(' --utility-sub-type=node.mojom.NodeService '),
  page: (line) => line.includes(' --type=renderer '),
};

/** How the kernel confines a process: its system call filter (2: a filter), and its own user and network namespaces. */
export const confinementOf = (
  pid: number,
): { readonly seccomp: string; readonly user: string; readonly network: string } => ({
  seccomp: /^Seccomp:\s*(\d)/mu.exec(read(String(pid), 'status'))?.[1] ?? '',
  user: readlinkSync(`/proc/${pid}/ns/user`),
  network: readlinkSync(`/proc/${pid}/ns/net`),
});

/** Group id, the third field after the name in brackets. */
const groupOf = (name: string): number => Number(/\) \S \d+ (\d+)/u.exec(read(name, 'stat'))?.[1]);

const wordsOf = (name: string, file: string): string[] =>
  read(name, file)
    .split('\0')
    .filter((word) => word !== '');

const read = (name: string, file: string): string => {
  try {
    return readFileSync(`/proc/${name}/${file}`, 'utf8');
  } catch {
    return ''; // it ended in the meantime
  }
};
