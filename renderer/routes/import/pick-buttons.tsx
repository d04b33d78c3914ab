import { chooseFiles, chooseFolder } from '../../client.ts';
import { takeIn } from '../../intake.ts';
import { FileIcon, FolderIcon } from '../../ui/icons.tsx';
import { Button } from '../../ui/index.ts';
import { useGoImport } from '../use-go-import.ts';

/** Ways to files other than dropping them. */
export const PickButtons = ({ isPrimary = false }: { readonly isPrimary?: boolean }) => {
  const goImport = useGoImport();
  return (
    <>
      <Button
        icon={FileIcon}
        kind={isPrimary ? 'primary' : 'normal'}
        onPress={() => void takeIn(chooseFiles).then(goImport)}
      >
        Choose files
      </Button>
      <Button icon={FolderIcon} onPress={() => void takeIn(chooseFolder).then(goImport)}>
        Choose a folder
      </Button>
    </>
  );
};
