/**
 * The rooms of the house: what each is, and what it may import. Everything else inside the project is forbidden to it. Tests may import
 * anything, and nothing imports a test. The table in docs/architecture.md is made from here (`npm run docs`).
 */
export const rooms = {
  'src/process': {
    is: 'the rules, pure: `case` (what every kind of case does), `svu`, `stay`, `person`, `ward-notice`, `form`, `todo`, `notice`, `policy`, `deadlines`, `rejections`, `rules` (of the rulebook)',
    may: [],
  },
  'src/wire': {
    is: 'bytes to text by the set they declare; a lost request once more; limits of a session with PostgreSQL, and how the holder of a lock is heard on it; what this machine is called; work in a thread of its own',
    may: [],
  },
  'src/projection': {
    is: 'what a state shows: FHIR resources, grants, search tokens; pure: `case` (what every kind of case shows), `svu`, `stay`, `person`, `ward-notice`, `form`, `directory`, `codes`',
    may: ['src/process'],
  },
  'src/persistence': {
    is: 'connections, migrations, entities, the embedded PostgreSQL',
    may: ['src/wire'],
  },
  'src/print': { is: 'documents on paper, as PDF, in a thread of its own', may: ['src/wire'] },
  'src/log': {
    is: 'append, folded state, sequencer, upcasters, rebuild',
    may: ['src/process', 'src/projection', 'src/persistence'],
  },
  'src/directory': {
    is: 'organisation file and catalogue → units, roles, responsibilities, inboxes',
    may: ['src/process', 'src/messaging/contracts'],
  },
  'src/policies': {
    is: 'the files of policies (`policies/`), their schema, what organisations narrow',
    may: ['src/process', 'src/directory', 'src/configuration'],
  },
  'src/questionnaires': {
    is: 'the files of questions that forms ask (`questionnaires/`), and their schema',
    may: ['src/process', 'src/configuration'],
  },
  'src/messaging/contracts': { is: 'topics, payloads, JSON Schemas, AsyncAPI', may: [] },
  'src/messaging/transport': {
    is: 'the port and its two adapters',
    may: ['src/messaging/contracts', 'src/persistence', 'src/wire'],
  },
  'src/messaging/inbox': {
    is: 'waiting facts, retries, dead letters',
    may: ['src/messaging', 'src/log', 'src/persistence', 'src/process'],
  },
  'src/messaging/relay': {
    is: 'case events out',
    may: ['src/messaging', 'src/log', 'src/persistence', 'src/process', 'src/access'],
  },
  'src/persons': {
    is: 'random ids, register copies, protection, lookups with cache',
    may: ['src/process', 'src/projection', 'src/log', 'src/messaging/contracts', 'src/persistence'],
  },
  'src/access': {
    is: 'tokens, participation (the choke point), audit',
    may: ['src/process', 'src/directory', 'src/messaging/contracts', 'src/persistence', 'src/wire'],
  },
  'src/cases': {
    is: 'application services: from a fact or a request to commands in one transaction',
    may: [
      'src/process',
      'src/projection',
      'src/log',
      'src/directory',
      'src/policies',
      'src/questionnaires',
      'src/persons',
      'src/messaging/contracts',
      'src/messaging/inbox',
      'src/persistence',
    ],
  },
  'src/fhir': {
    is: 'the facade, one file for each interaction',
    may: [
      'src/process',
      'src/wire',
      'src/print',
      'src/projection',
      'src/log',
      'src/directory',
      'src/questionnaires',
      'src/persons',
      'src/messaging/contracts',
      'src/persistence',
      'src/access',
      'src/cases',
    ],
  },
  'src/configuration': { is: 'one typed object from the environment', may: ['src/process', 'src/wire'] },
  'src/administration': {
    is: 'what operators look at: recordings, connector report, heads of the trail, rules',
    may: ['src', 'connectors/common'],
  },
  'src/demo': {
    is: 'the fictional region, its stand-ins, and the journeys that `npm run demo` plays through the public interfaces',
    may: ['src', 'connectors'],
  },
  'src/start': {
    is: 'composition: which processes run, what is checked at start, health, commands',
    may: ['src', 'connectors'],
  },
  'connectors/common': {
    is: 'what all connectors share',
    may: ['src/messaging/contracts', 'src/messaging/transport', 'src/wire'],
  },
  'connectors/<system>': {
    is: "one system's protocol ⇄ facts",
    may: ['connectors/common', 'src/messaging/contracts', 'src/wire'],
  },
};

const { 'connectors/<system>': connector, ...named } = rooms;
const inside = (folders) => folders.map((folder) => `^${folder}/`);

export default {
  forbidden: [
    ...Object.entries(named).map(([room, { may }]) => ({
      name: `imports-of-${room.replaceAll('/', '-')}`,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: '\\.test\\.ts$' },
      to: { path: ['^src/', '^connectors/'], pathNot: inside([room, ...may]) },
    })),
    {
      name: 'imports-of-a-connector',
      severity: 'error',
      comment: 'No connector imports another.',
      from: { path: '^connectors/([^/]+)/', pathNot: ['^connectors/common/', '\\.test\\.ts$'] },
      to: {
        path: ['^src/', '^connectors/'],
        pathNot: ['^connectors/$1/', ...inside(connector.may)],
      },
    },
    {
      name: 'the-process-is-pure',
      severity: 'error',
      comment:
        '`src/process` imports no package and nothing of Node: no framework, database, network, clock or random. Temporal is there for calendar arithmetic only.',
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
      comment: 'No imports in a circle, also of types.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-imports-the-composition',
      severity: 'error',
      comment: 'Nothing imports `src/start`.',
      from: { path: '^(src|connectors)/', pathNot: ['^src/start/', '\\.test\\.ts$'] },
      to: { path: '^src/start/' },
    },
    {
      name: 'nothing-imports-what-stands-beside-the-hub',
      severity: 'error',
      comment: 'Only `src/start` imports `src/administration` and `src/demo`.',
      from: { path: '^(src|connectors)/', pathNot: ['^src/(start|administration|demo)/', '\\.test\\.ts$'] },
      to: { path: '^src/(administration|demo)/' },
    },
    {
      name: 'a-test-beside-the-code-starts-nothing',
      severity: 'error',
      comment:
        'A test beside the code (`*.test.ts` in `src` and `connectors`) starts nothing: no database, broker, socket, process or thread. A test that starts something stands under `test/` ([test/README.md](../test/README.md)).',
      from: { path: '^(src|connectors)/.*\\.test\\.ts$' },
      to: {
        path: '^test/support/(services|postgres-server|database|whole-hub|run-command)',
        reachable: true,
      },
    },
    {
      name: 'a-test-beside-the-code-opens-nothing',
      severity: 'error',
      from: { path: '^(src|connectors)/.*\\.test\\.ts$' },
      to: {
        path: '^(node:)?(net|http|https|http2|tls|dgram|child_process|worker_threads)$|node_modules/(pg|kafkajs|undici|supertest)/',
      },
    },
    {
      name: 'a-running-hub-needs-no-development-package',
      severity: 'error',
      comment:
        'What runs imports no development package: the image leaves them out. Types alone may come from one.',
      from: { path: '^(src|connectors)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-a-test',
      severity: 'error',
      comment: 'Nothing that runs imports a test; tests may import anything.',
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
