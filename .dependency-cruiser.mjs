/**
 * Who may import whom (docs/architecture.md). Each room lists what it may reach; everything else inside the project is
 * forbidden to it. Tests may import anything, and nothing imports a test.
 */
const rooms = {
  'src/process': [],
  'src/wire': [],
  'src/projection': ['src/process'],
  'src/persistence': ['src/wire'],
  'src/log': ['src/process', 'src/projection', 'src/persistence'],
  'src/directory': ['src/process', 'src/messaging/contracts'],
  'src/policies': ['src/process', 'src/directory', 'src/configuration'],
  'src/messaging/contracts': [],
  'src/messaging/transport': ['src/messaging/contracts', 'src/persistence', 'src/wire'],
  'src/messaging/inbox': ['src/messaging', 'src/log', 'src/persistence', 'src/process'],
  'src/messaging/relay': ['src/messaging', 'src/log', 'src/persistence', 'src/process'],
  'src/persons': ['src/process', 'src/projection', 'src/log', 'src/messaging/contracts', 'src/persistence'],
  'src/access': ['src/process', 'src/directory', 'src/messaging/contracts', 'src/persistence', 'src/wire'],
  'src/cases': [
    'src/process',
    'src/projection',
    'src/log',
    'src/directory',
    'src/policies',
    'src/persons',
    'src/messaging/contracts',
    'src/messaging/inbox',
    'src/persistence',
  ],
  'src/fhir': [
    'src/process',
    'src/wire',
    'src/projection',
    'src/log',
    'src/directory',
    'src/persons',
    'src/messaging/contracts',
    'src/persistence',
    'src/access',
    'src/cases',
  ],
  'src/configuration': ['src/process'],
  // The rooms beside the hub: they look at all of it, and only the composition reaches them.
  'src/operations': ['src', 'connectors/common'],
  'src/demo': ['src', 'connectors'],
  'connectors/common': ['src/messaging/contracts', 'src/messaging/transport', 'src/wire'],
};

const inside = (folders) => folders.map((folder) => `^${folder}/`);

export default {
  forbidden: [
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `imports-of-${room.replaceAll('/', '-')}`,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: '\\.test\\.ts$' },
      to: { path: ['^src/', '^connectors/'], pathNot: inside([room, ...allowed]) },
    })),
    {
      name: 'a-connector-knows-only-the-frame-and-the-contracts',
      severity: 'error',
      from: { path: '^connectors/([^/]+)/', pathNot: ['^connectors/common/', '\\.test\\.ts$'] },
      to: {
        path: ['^src/', '^connectors/'],
        pathNot: ['^connectors/$1/', '^connectors/common/', '^src/messaging/contracts/', '^src/wire/'],
      },
    },
    {
      name: 'the-process-is-pure',
      severity: 'error',
      comment:
        'No framework, database, network, clock or random in the rules. Temporal is for calendar arithmetic only.',
      from: { path: '^src/process/', pathNot: '\\.test\\.ts$' },
      to: {
        path: ['node_modules', '^node:'],
        pathNot: ['node_modules/@js-temporal/polyfill'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-imports-the-composition',
      severity: 'error',
      from: { path: '^(src|connectors)/', pathNot: ['^src/start/', '\\.test\\.ts$'] },
      to: { path: '^src/start/' },
    },
    {
      name: 'nothing-imports-what-stands-beside-the-hub',
      severity: 'error',
      from: { path: '^(src|connectors)/', pathNot: ['^src/(start|operations|demo)/', '\\.test\\.ts$'] },
      to: { path: '^src/(operations|demo)/' },
    },
    {
      name: 'nothing-imports-a-test',
      severity: 'error',
      from: { path: '^(src|connectors)/', pathNot: '\\.test\\.ts$' },
      to: { path: ['\\.test\\.ts$', '^test/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
