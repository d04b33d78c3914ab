import type { Exporter } from '../exporter.ts';
import { sigmaDocuments } from './documents.ts';
import type { Flavour } from './flavour.ts';
import { printDocuments } from './print-documents.ts';
import { sigmaShape, translateToSigma } from './translate.ts';

const exporterOf = (flavour: Flavour, name: string, title: string, sentence: string): Exporter => ({
  name,
  title,
  sentence,
  translate: (rule) => translateToSigma(rule, flavour),
  write: (rule, options) => [
    { name: `nightjar_${rule.id}.yml`, text: printDocuments(sigmaDocuments(sigmaShape(rule, flavour), options)) },
  ],
});

/** Sigma 2.1, and the same documents for what two backends of pySigma make of them. */
export const SIGMA_EXPORTERS: readonly Exporter[] = [
  exporterOf(
    'sigma',
    'sigma',
    'Sigma',
    'A rule or correlation of Sigma 2.1 with ECS fields, with windows that slide, as pySigma’s SQLite runs it.',
  ),
  exporterOf(
    'splunk',
    'sigma:splunk',
    'Sigma for Splunk',
    'Sigma for `sigma convert -t splunk`, with the fixed windows that the SPL it makes has.',
  ),
  exporterOf(
    'esql',
    'sigma:esql',
    'Sigma for ES|QL',
    'Sigma for `sigma convert -t esql`, with the fixed windows that the ES|QL it makes has.',
  ),
];
