import { join } from 'node:path';
import { z } from 'zod';
import { newIdentifier } from '../../store/index.ts';
import { template, type ImportTemplate } from '../contract/import.ts';
import { settingsFile } from '../engine/settings-file.ts';

export type Templates = {
  list(): ImportTemplate[];
  /** One of the same name is replaced. */
  save(wanted: Omit<ImportTemplate, 'id' | 'savedAt'>): ImportTemplate;
  remove(id: string): void;
};

const MOST = 200;

/** Ways to read a kind of file, kept in `templates.json`: names of fields and policies, no value of a log. */
export const createTemplates = (settingsDirectory: string): Templates => {
  const file = settingsFile(join(settingsDirectory, 'templates.json'), z.array(template), []);
  return {
    list: () => file.read(),
    save: (wanted) => {
      const earlier = file.read();
      const id = earlier.find(({ name }) => name === wanted.name)?.id ?? newIdentifier();
      const saved = { ...wanted, id, savedAt: Date.now() };
      file.write([saved, ...earlier.filter(({ name }) => name !== wanted.name)].slice(0, MOST));
      return saved;
    },
    remove: (id) => file.write(file.read().filter((entry) => entry.id !== id)),
  };
};
