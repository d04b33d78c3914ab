import { exporterOf, exportRules, saysSearched, type PlannedExport } from '../../../core/api/rules/index.ts';
import { readReleaseFile } from '../../../core/api/release/index.ts';
import { oneOf, required, text, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { FORMATS, namesOf, requiredRules } from './rules-files.ts';

/** `nightjar rules export`: writes what another system runs, unless a rule gives something away. */
export const exportFiles = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const isJson = oneOf(values, 'format', FORMATS) === 'json';
  const { rules } = requiredRules(values);
  const events = text(values, 'table');
  const features = text(values, 'features-table');
  const released = text(values, 'released');
  const request = {
    rules,
    target: required(values, 'to'),
    fields: namesOf(values, 'map'),
    ...(released === undefined ? {} : { released: readReleaseFile(released) }),
    ...(events === undefined ? {} : { events }),
    ...(features === undefined ? {} : { features }),
  };
  const out = required(values, 'out');
  const planned =
    text(values, 'case') === undefined
      ? await exportRules(undefined, request, out, terminal.watch)
      : await withCase(values, terminal, (opened) => exportRules(opened, request, out, terminal.watch));
  const { files, differences, refused, leaks, isSupportChecked, isWritten } = planned;
  if (!isSupportChecked) terminal.note(NOT_CHECKED);
  const names = isWritten ? files.map(({ name }) => name) : [];
  const told = { files: names, differences, refused, leaks, isSupportChecked };
  terminal.out(isJson ? `${inertJson(told)}\n` : shown(planned, names));
  if (!isWritten) terminal.note('Nothing was written.');
  if (refused.length > 0 && saysSearched(exporterOf(request.target))) {
    terminal.note(`Rules that it can say: nightjar rules induce --to ${request.target} …`);
  }
  return isWritten ? 0 : 1;
};

const NOT_CHECKED =
  'Without --case it was not checked how many actors each condition is about: give the case that the rules are from before they leave.';

const shown = ({ differences, refused, leaks }: PlannedExport, names: readonly string[]): string =>
  [
    ...leaks.flatMap(({ rule, message, hint }) => [`${rule} may not leave: ${plain(message)}`, `  ${plain(hint)}`]),
    ...refused.flatMap(({ rule, reasons }) => [
      `${rule} cannot be said there:`,
      ...reasons.map((each) => `  ${plain(each)}`),
    ]),
    ...differences.flatMap(({ rule, differences: all }) => [
      `${rule} is narrower there:`,
      ...all.map((each) => `  ${plain(each)}`),
    ]),
    ...names.map(plain),
    '',
  ].join('\n');
