/** What main and preload say to each other. */
export const CHANNELS = {
  connect: 'nightjar:connect',
  port: 'nightjar:port',
  engineLost: 'nightjar:engine-lost',
  chooseFiles: 'nightjar:choose-files',
  chooseFolder: 'nightjar:choose-folder',
  chooseCase: 'nightjar:choose-case',
  chooseSave: 'nightjar:choose-save',
  grantDropped: 'nightjar:grant-dropped',
  unsaved: 'nightjar:unsaved',
} as const;
