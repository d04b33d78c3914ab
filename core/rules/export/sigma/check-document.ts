import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { NightjarError } from '../../../api/errors.ts';
import type { SigmaDocument } from './documents.ts';
import { SIGMA_CORRELATION_SCHEMA } from './schemas/correlation.ts';
import { SIGMA_DETECTION_SCHEMA } from './schemas/detection.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const validators = (): { readonly detection: ValidateFunction; readonly correlation: ValidateFunction } => {
  // The schemas hold keywords of their own (`gt`, `field`): not strict.
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uuid: UUID } });
  return { detection: ajv.compile(SIGMA_DETECTION_SCHEMA), correlation: ajv.compile(SIGMA_CORRELATION_SCHEMA) };
};

let compiled: ReturnType<typeof validators> | undefined;

/** What the official schema finds wrong with a document of Sigma; empty where it is valid. */
export const sigmaFaults = (document: SigmaDocument): readonly string[] => {
  compiled ??= validators();
  const validate = 'correlation' in document ? compiled.correlation : compiled.detection;
  if (validate(document)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath === '' ? '/' : instancePath} ${message ?? ''}`,
  );
};

/** Throws where the official schema finds a fault: a document that is written is valid. */
export const assertSigma = (document: SigmaDocument): void => {
  const faults = sigmaFaults(document);
  if (faults.length === 0) return;
  throw new NightjarError('internal', `A Sigma document is not valid: ${faults.join('; ')}.`, {
    next: 'Nothing was written; this is a fault of the program.',
  });
};
