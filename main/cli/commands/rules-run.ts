import { runOverCase, suppressionOf } from '../../../core/api/rules-run/index.ts';
import { oneOf, text, usageError, type OptionValues } from '../command.ts';
import { threadsOf, withCaseToFill } from '../open-for.ts';
import { countLines, groupsHit, hitJson, hitLine, suppressedJson } from '../rules-run-lines.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { FORMATS, requiredRules } from './rules-files.ts';
import { READ_OPTIONS, readPlan } from './rules-run-plan.ts';
import { runStream } from './rules-run-stream.ts';

export const RULES_RUN_USAGE = `nightjar rules run --rules FILE [FILE…] [--case DIR] [--suppress D] [options]
       nightjar rules run --rules FILE (- | FILE --follow) [--case DIR] [--lateness D] [--suppress D] [--shadow]
                          [options]`;

export const RULES_RUN_HELP = `Run
  FILE…                  run: logs, as detect takes them, imported into the case (a temporary one without --case)
                         and run as a whole; without any, the events of the case
  -, FILE --follow       run: standard input, or a file that grows, line by line: one JSON object a line whose fields
                         are called like event columns (else --map, --preset); hits are told as they happen
  --lateness D           run: how long events may come after later ones, such as 30s (default 5m): hits wait that long
  --suppress D           run: of a rule's hits of the same group within D, such as 1h, the first is told and the others
                         are counted (default: all are told)
  --shadow               run: hits go to standard error, marked, and nothing to standard output
  A stream writes nothing into the case: it takes its key, so that pseudonyms are those of the case (import the log later
  to look somebody up), and its features. Without --case the key is thrown away: pseudonyms lead nowhere. The file of
  rules is read again when it changes. Events more than a day ahead of this machine's clock are left out and counted.
  Ctrl-C ends a stream: open windows are looked at, and the counts are told.`;

export const RULES_RUN_OPTIONS = {
  ...READ_OPTIONS,
  follow: { type: 'boolean' },
  lateness: { type: 'string' },
  suppress: { type: 'string' },
  shadow: { type: 'boolean' },
} as const;

/** `nightjar rules run`: over logs, over a case, or over a stream. The exit code. */
export const runOverEvents = async (
  values: OptionValues,
  files: readonly string[],
  terminal: Terminal,
): Promise<number> => {
  const [first] = files;
  const isStream = first === '-' || values['follow'] === true;
  if (!isStream) return runLogs(values, files, terminal);
  if (first === undefined || files.length > 1) {
    throw usageError('A stream is one file, or standard input.', 'Write - or one FILE with --follow.');
  }
  if (first === '-' && values['follow'] === true) {
    throw usageError('Standard input is followed anyway.', 'Leave --follow out.');
  }
  return runStream(values, first, terminal);
};

const runLogs = async (values: OptionValues, inputs: readonly string[], terminal: Terminal): Promise<number> => {
  const isJson = oneOf(values, 'format', FORMATS) === 'json';
  for (const option of ['lateness', 'shadow']) {
    if (values[option] !== undefined)
      throw usageError(`--${option} is for streams.`, 'Use it with - or with --follow.');
  }
  if (inputs.length === 0 && text(values, 'case') === undefined) {
    throw usageError(
      'There is nothing to run the rules over.',
      'Name a log file, - for standard input, or --case DIR.',
    );
  }
  const { rules } = requiredRules(values);
  const every = text(values, 'suppress');
  const suppression = every === undefined ? undefined : suppressionOf(every);
  const request = { ...readPlan(values), inputs, threads: threadsOf(values) };
  const { hits, counts, notes } = await withCaseToFill(values, terminal, (opened) =>
    runOverCase(opened, rules, request, terminal.watch),
  );
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const told = suppression === undefined ? hits : hits.filter(suppression.tells);
  if (isJson) {
    const asJson = told.map((hit) => hitJson(hit, byId.get(hit.rule)));
    terminal.out(`${inertJson({ hits: asJson, counts, ...suppressedJson(suppression?.suppressed) })}\n`);
  } else for (const hit of told) terminal.out(`${hitLine(hit)}\n`);
  const sums = countLines(counts, { groups: groupsHit(hits), suppressed: suppression?.suppressed });
  for (const note of [...notes, ...sums]) terminal.note(plain(note));
  return 0;
};
