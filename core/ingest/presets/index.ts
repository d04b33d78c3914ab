export { valueAt } from './json-value.ts';
export { PRESETS, presetNamed } from './list.ts';
export type {
  EventValues,
  FieldMap,
  FieldValues,
  JsonPreset,
  LineParser,
  LinePreset,
  MailPreset,
  ParserOptions,
  Preset,
  Reject,
} from './schema.ts';
export { isReject } from './schema.ts';
