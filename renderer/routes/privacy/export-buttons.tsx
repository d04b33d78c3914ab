import { client, saveExport } from '../../client.ts';
import { counted } from '../../format.ts';
import { DownloadIcon } from '../../ui/icons.tsx';
import { Button, showError, showToast } from '../../ui/index.ts';
import { shortId } from './amounts.ts';
import css from './privacy.module.css';

type Format = 'json' | 'csv';
const LABELS = { json: 'Export signed JSON', csv: 'Export CSV' } as const;

type Props = {
  readonly request: string;
  readonly formats: readonly Format[];
  /** What the file holds several of. */
  readonly unit: 'group' | 'tree';
};

/** Ways to take the answer of a request along. */
export const ExportButtons = ({ request, formats, unit }: Props) => {
  const save = async (format: Format): Promise<void> => {
    try {
      const rows = await saveExport(`release-${shortId(request)}.${format}`, (place) =>
        client.privacy.exportRelease({ request, format, ...place }),
      );
      if (rows !== null) showToast({ text: `${counted(rows, unit)} saved.` });
    } catch (failure) {
      showError(failure);
    }
  };
  return (
    <div className={css.line}>
      {formats.map((format) => (
        <Button key={format} icon={DownloadIcon} onPress={() => void save(format)}>
          {LABELS[format]}
        </Button>
      ))}
    </div>
  );
};
