import { Button as AriaButton } from 'react-aria-components';
import type { InspectedFile } from '../../../core/api/contract.ts';
import { bytes, counted, share } from '../../format.ts';
import { CheckIcon, CloseIcon, FileIcon, WarnIcon } from '../../ui/icons.tsx';
import { cx, IconButton } from '../../ui/index.ts';
import type { Inspection } from './use-inspection.ts';
import css from './import.module.css';

/** The files to import: format, size, confidence, and what is wrong with them. */
export const FileList = ({ inspection }: { readonly inspection: Inspection }) => (
  <section className={css.section} aria-labelledby="files-to-import">
    <div className={css.sectionHead}>
      <h2 id="files-to-import">{counted(inspection.files.length, 'file')}</h2>
    </div>
    <ul className={css.files}>
      {inspection.files.map((file, index) => (
        <li key={`${file.grant}:${file.name}`} className={cx(css.file, index === inspection.selected && css.current)}>
          <AriaButton
            className={cx(css.fileButton)}
            aria-current={index === inspection.selected}
            onPress={() => inspection.select(index)}
          >
            <Mark file={file} />
            <span className={css.fileName} title={file.name}>
              {file.name}
            </span>
            <span className={css.fileFacts}>{factsOf(file)}</span>
          </AriaButton>
          <IconButton icon={CloseIcon} label={`Leave out ${file.name}`} onPress={() => inspection.remove(file)} />
        </li>
      ))}
    </ul>
  </section>
);

const Mark = ({ file }: { readonly file: InspectedFile }) => {
  if (file.problem !== null) return <WarnIcon className={cx(css.bad)} />;
  return file.isImported ? <CheckIcon /> : <FileIcon />;
};

const factsOf = (file: InspectedFile): string => {
  if (file.problem !== null) return `${bytes(file.bytes)}, cannot be imported`;
  if (file.isImported) return `${bytes(file.bytes)}, already in the case`;
  if (file.format === null) return bytes(file.bytes);
  const rows = file.estimatedRows === null ? '' : `, about ${counted(Math.round(file.estimatedRows), 'row')}`;
  const size = bytes(file.bytes).replace(' ', '\u00a0'); // a number and its unit stay on one line
  return `${file.format.preset ?? file.format.kind}, ${share(file.format.confidence)} sure, ${size}${rows}`;
};
