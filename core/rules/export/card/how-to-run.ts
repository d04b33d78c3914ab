import type { CardFacts } from './schema.ts';

/** How the files of a target are run, as lines of Markdown. */
export const howToRun = ({ exporter, fields, files, options }: CardFacts): readonly string[] => {
  const [file = ''] = files;
  const [family = ''] = exporter.name.split(':');
  if (family === 'sigma') {
    const target = exporter.name === 'sigma:esql' ? 'esql' : exporter.name === 'sigma:splunk' ? 'splunk' : undefined;
    const check = `    sigma check --fail-on-issues ${file}`;
    if (target !== undefined) return [check, `    sigma convert -t ${target} --without-pipeline ${file}`];
    const time = fields.get('ts') ?? '@timestamp';
    const sqlite = `-t sqlite -O table=${options.events} -O timestamp_field=${time}`;
    return [check, `    sigma convert ${sqlite} --without-pipeline ${file}`];
  }
  if (family === 'osprey') {
    return files.map((name) => {
      if (name.endsWith('.yaml')) return `- Put what is in \`${name}\` into \`config/labels.yaml\`.`;
      const place = `- Put \`${name}\` beside \`main.sml\``;
      return name === 'nightjar.sml' ? `${place}.` : `${place}, and \`Require(rule='${name}')\` into it.`;
    });
  }
  return [`Run \`${file}\` over the table \`${options.events}\`: a row for each hit.`];
};
