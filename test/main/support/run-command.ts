import { exitCodeOf, NightjarError } from '../../../core/index.ts';
import { parseCommand, type Command } from '../../../main/cli/command.ts';

/** Runs a command in this process, as the command line does: its exit code, and what it said. */
export const runCommand = async (
  command: Command,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
  const said = { out: '', err: '' };
  const terminal = {
    out: (text: string): void => void (said.out += text),
    note: (text: string): void => void (said.err += `${text}\n`),
    columns: 160,
    env,
    watch: {},
  };
  try {
    const { values, positionals } = parseCommand(command, args);
    return { code: await command.run(values, positionals, terminal), ...said };
  } catch (error) {
    if (!(error instanceof NightjarError)) throw error;
    return { code: exitCodeOf(error), out: said.out, err: `${said.err}${error.message} ${error.next ?? ''}` };
  }
};
