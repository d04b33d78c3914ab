import { useEffect, useState } from 'react';
import { grantDropped } from '../client.ts';
import { takeIn } from '../intake.ts';
import { useGoImport } from '../routes/use-go-import.ts';
import { ImportIcon } from '../ui/icons.tsx';
import css from './intake.module.css';

/** Files or a folder dropped anywhere on the window go to Import. */
export const DropAnywhere = () => {
  const [isOver, setOver] = useState(false);
  const goImport = useGoImport();
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const onEnter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth -= 1;
      if (depth === 0) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      depth = 0;
      setOver(false);
      const transfer = event.dataTransfer;
      if (transfer === null || !hasFiles(event)) return;
      event.preventDefault();
      void takeIn((watch) => grantDropped(transfer, watch)).then(goImport);
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [goImport]);
  if (!isOver) return null;
  return (
    <div className={css.veil}>
      <ImportIcon size={32} />
      <h2>Drop to import</h2>
      <span>You see what was understood, and what will be hidden, before anything is stored.</span>
    </div>
  );
};
