/** Who may import whom. `npm run check` fails when a rule breaks or when nothing was looked at. */
const STAGES = [
  'store',
  'ingest',
  'anonymize',
  'features',
  'detect',
  'explain',
  'feedback',
  'evaluate',
  'rules',
  'release',
];
const GROUND = '^core/(table|text|random|math|workers|wasm)/';

/** A stage sees the ground, errors, its own files and the schemas of other stages that come before it. */
const stageRules = STAGES.map((stage, i) => {
  const allowed =
    {
      ingest: ['^core/anonymize/', '^core/store/index\\.ts$'], // one pass: values are rewritten while they are read, and stored
      features: ['^core/store/index\\.ts$'], // both read the case's database
    }[stage] ?? [];
  const schemas = STAGES.slice(0, i).map((s) => `^core/${s}/schema\\.ts$`);
  return {
    name: `stage-${stage}`,
    severity: 'error',
    comment: `core/${stage} imports the ground, api/errors, api/progress and earlier stages' schemas`,
    from: { path: `^core/${stage}/` },
    to: {
      path: '^core/',
      pathNot: [
        GROUND,
        `^core/${stage}/`,
        '^core/api/(errors|progress)\\.ts$',
        ...schemas,
        ...allowed,
        // the case's tables are made from the event schema; releases and rules read what they name
        ...(stage === 'store' ? ['^core/(ingest|release|rules)/schema\\.ts$'] : []),
      ],
    },
  };
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-knows-no-window',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '^(main|renderer|samples|test)/|electron|react' },
    },
    {
      name: 'samples-on-core-only',
      severity: 'error',
      from: { path: '^samples/' },
      to: { path: '^(main|renderer|test)/' },
    },
    {
      name: 'ground-is-ground',
      severity: 'error',
      from: { path: GROUND },
      to: { path: '^core/', pathNot: [GROUND, '^core/api/errors\\.ts$'] },
    },
    {
      name: 'duckdb-in-three-places',
      severity: 'error',
      from: { path: '^(core|main|samples)/', pathNot: '^core/(store|ingest|features)/' },
      to: { path: '@duckdb/' },
    },
    {
      name: 'main-through-the-front-door',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^core/', pathNot: ['^core/index\\.ts$', '^core/api/'] },
    },
    {
      name: 'renderer-knows-the-contract-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(core|main|samples|test)/', pathNot: '^core/api/contract(\\.ts$|/)' },
    },
    {
      name: 'notebooks-on-core-only',
      severity: 'error',
      from: { path: '^notebooks/' },
      to: { path: '^(main|renderer|samples|test)/.*\\.tsx?$' },
    },
    {
      name: 'contract-is-light',
      severity: 'error',
      comment: 'the page loads it',
      from: { path: '^core/api/contract(\\.ts$|/)' },
      to: { path: '.', pathNot: '^core/api/contract/|node_modules/(@orpc/contract|zod)/' },
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      from: { path: '^(core|main|samples)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/electron/' },
    },
    {
      name: 'electron-in-one-place',
      severity: 'error',
      from: { path: '^(core|main|samples|renderer)/', pathNot: '^main/electron/' },
      to: { path: 'node_modules/electron/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: 'tfjs-node|\\.css$' } },
    ...stageRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
