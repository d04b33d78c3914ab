import { exportCaseModel, MODEL_FORMS, requireModelPlace } from '../../../core/index.ts';
import { CASE_HELP, CASE_OPTIONS, oneOf, required, usageError, type Command } from '../command.ts';
import { withCase } from '../open-for.ts';

export const model: Command = {
  name: 'model',
  usage: 'nightjar model --case DIR --detector NAME --to json|onnx --out FILE',
  sentence: 'Write what a detector of the latest run learned, for other programs. It is as secret as the case.',
  help: `  --detector NAME        a detector of the run
  --to json|onnx         json: any model, with the scaling of its features
                         onnx: a forest, which takes features scaled already; how to scale them is in the file's metadata
  --out FILE             where it goes; a file that is there already stays
${CASE_HELP}`,
  options: { ...CASE_OPTIONS, detector: { type: 'string' }, to: { type: 'string' }, out: { type: 'string' } },
  run: async (values, positionals, terminal) => {
    if (positionals.length > 0) throw usageError('model takes no file.', 'Give --case, --detector, --to and --out.');
    const detector = required(values, 'detector');
    required(values, 'to');
    const form = oneOf(values, 'to', MODEL_FORMS) ?? 'json';
    const out = required(values, 'out');
    requireModelPlace(out); // before a passphrase takes its time
    await withCase(values, terminal, (opened) => exportCaseModel(opened, { detector, form, out }));
    terminal.note('It holds numbers of the case without noise: who may not see the case may not have it.');
    return 0;
  },
};
