import { useDecide, useRerank } from '../../decisions/index.ts';
import { DownloadIcon, RankIcon, RedoIcon, UndoIcon, UploadIcon } from '../../ui/icons.tsx';
import { Button, IconButton } from '../../ui/index.ts';
import { exportDecisions, importDecisions } from './csv-files.ts';

/** Undo and redo, and ways for decisions to come and go. */
export const DecisionActions = ({ canExport }: { readonly canExport: boolean }) => {
  const { undo, redo, canUndo, canRedo } = useDecide();
  const { canRerank, isBusy, rerank } = useRerank();
  return (
    <>
      <IconButton
        icon={UndoIcon}
        label={canUndo === null ? 'Nothing to undo' : `Undo: ${canUndo}`}
        keys="Mod+Z"
        isDisabled={canUndo === null}
        onPress={() => void undo()}
      />
      <IconButton
        icon={RedoIcon}
        label={canRedo === null ? 'Nothing to redo' : `Redo: ${canRedo}`}
        keys="Shift+Mod+Z"
        isDisabled={canRedo === null}
        onPress={() => void redo()}
      />
      <Button icon={RankIcon} isDisabled={!canRerank} isBusy={isBusy} onPress={() => void rerank()}>
        {isBusy ? 'Ranking by verdicts …' : 'Rank again by verdicts'}
      </Button>
      <Button icon={UploadIcon} onPress={() => void importDecisions(undo)}>
        Import CSV
      </Button>
      <Button icon={DownloadIcon} isDisabled={!canExport} onPress={() => void exportDecisions()}>
        Export CSV
      </Button>
    </>
  );
};
