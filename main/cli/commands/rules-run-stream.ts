import {
  createStreamRun,
  latenessMicros,
  streamCase,
  suppressionOf,
  type BadLine,
  type StreamFound,
  type StreamRun,
} from '../../../core/api/rules-run/index.ts';
import { NightjarError } from '../../../core/index.ts';
import { oneOf, required, size, text, type OptionValues } from '../command.ts';
import { markOf, watchChanges, type FileMark } from '../file-changes.ts';
import { followFile } from '../follow-file.ts';
import { withCase } from '../open-for.ts';
import { countLines, hitJson, hitLine, momentText } from '../rules-run-lines.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { untilAborted } from '../until-aborted.ts';
import { FORMATS, requiredRules, type ReadRules } from './rules-files.ts';
import { readPlan } from './rules-run-plan.ts';

/** Where a stream is read and told; a command tells all at its end, a stream at once. */
export type StreamPlace = {
  readonly input: AsyncIterable<Uint8Array>;
  /** Hits, a line each, some at once; waits while nobody takes them. */
  out(lines: readonly string[]): Promise<void>;
  note(line: string): void;
};

/** How far events may lie ahead of the clock. */
const MOST_AHEAD_MICROS = 86_400e6;
/** What a group, a value or a moment takes, about. */
const BYTES_PER_THING = 64;
/** Bad lines that are named one by one. */
const MOST_NAMED = 20;
const LOOK_AT_RULES_MS = 1000;

/** Runs rules over standard input (`-`) or a file that is followed, until it ends or Ctrl-C. The exit code. */
export const runStream = (values: OptionValues, file: string, terminal: Terminal): Promise<number> => {
  const { signal } = terminal.watch;
  const input = file === '-' ? untilAborted(process.stdin, signal) : followFile(file, signal);
  return runStreamAt(
    values,
    { input, out: writeOut, note: (line) => void process.stderr.write(`${line}\n`) },
    terminal,
  );
};

/** The same, anywhere. */
export const runStreamAt = async (values: OptionValues, place: StreamPlace, terminal: Terminal): Promise<number> => {
  const isJson = (oneOf(values, 'format', FORMATS) ?? 'json') === 'json';
  const allowedLateness = latenessMicros(text(values, 'lateness') ?? '5m');
  const every = text(values, 'suppress');
  const suppression = every === undefined ? undefined : suppressionOf(every);
  const plan = readPlan(values);
  const memoryBytes = size(values, 'memory');
  const mark = markOf(required(values, 'rules'));
  let { rules } = requiredRules(values);
  const from =
    text(values, 'case') === undefined
      ? undefined
      : await withCase(values, terminal, (opened) => streamCase(opened, rules));
  const run = createStreamRun(rules, {
    plan,
    allowedLateness,
    isShadow: values['shadow'] === true,
    latest: () => Date.now() * 1000 + MOST_AHEAD_MICROS,
    ...(from === undefined ? {} : { from }),
    ...(memoryBytes === undefined ? {} : { maxRemembered: Math.floor(memoryBytes / BYTES_PER_THING) }),
  });
  const tellBad = badLineTeller(place);
  const tell = async ({ hits, bad }: StreamFound): Promise<void> => {
    bad.forEach(tellBad);
    const lines: string[] = [];
    for (const hit of suppression === undefined ? hits : hits.filter(suppression.tells)) {
      const of = rules.find(({ id }) => id === hit.rule);
      const json = { ...hitJson(hit, of), ...(hit.isShadow ? { shadow: true } : {}) };
      const line = isJson ? inertJson(json) : hitLine(hit);
      if (hit.isShadow) place.note(isJson ? line : `shadow\t${line}`);
      else lines.push(line);
    }
    if (lines.length > 0) await place.out(lines);
  };
  const stop = whenRulesChange(values, mark, place, run, (next) => (rules = next.rules));
  try {
    for await (const bytes of place.input) await tell(run.push(bytes));
  } finally {
    stop();
  }
  await tell(run.end());
  const bad = run.badLines();
  if (bad > 0) place.note(`${bad} lines are no events.`);
  for (const line of countLines(run.counts(), { suppressed: suppression?.suppressed })) place.note(plain(line));
  return 0;
};

/** Names the first bad lines, and how many of each kind there are when it says that it names no more. */
const badLineTeller = ({ note }: StreamPlace): ((bad: BadLine) => void) => {
  let named = 0;
  return ({ line, reason, column }) => {
    if (++named <= MOST_NAMED) note(`line ${line}: ${reason}${column === null ? '' : ` (${plain(column)})`}`);
    else if (named === MOST_NAMED + 1) note('Further lines that are no events are counted only.');
  };
};

/** Reads the rules again when their file changes; a file with errors changes nothing. */
const whenRulesChange = (
  values: OptionValues,
  mark: FileMark | null,
  { note }: StreamPlace,
  run: StreamRun,
  onRead: (read: ReadRules) => void,
): (() => void) => {
  const path = required(values, 'rules');
  const again = (): void => {
    try {
      const read = requiredRules(values);
      const begun = run.replace(read.rules);
      onRead(read);
      note(`The rules were read again: ${begun.length} begin anew, the others go on.`);
      for (const { rule, wholeFrom } of begun)
        note(`  ${rule}: its windows are whole from ${momentText(wholeFrom)} on`);
    } catch (error) {
      if (!(error instanceof NightjarError)) throw error;
      note(`The rules were not read again: ${plain(error.message)} (${plain(error.where ?? '')}) The old ones go on.`);
    }
  };
  return watchChanges(path, mark, LOOK_AT_RULES_MS, again);
};

const writeOut = (lines: readonly string[]): Promise<void> =>
  new Promise((resolve) => {
    if (process.stdout.write(`${lines.join('\n')}\n`)) resolve();
    else process.stdout.once('drain', resolve);
  });
