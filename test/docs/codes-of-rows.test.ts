import { globSync, readFileSync } from 'node:fs';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';

const root = fromProjectRoot('.');
/** What has a kind of its own: the rooms of a kind of case, and those of what wards are told outside every case. */
const ownRooms = [
  ...caseKinds.names.flatMap((kind) => [`src/projection/${kind}/`, `src/cases/operations/${kind}/`]),
  'src/projection/ward-notice/',
  'src/cases/facts/notify-ward.ts',
  'src/cases/deterministic-id.ts',
  // Codes that were given out.
  'src/projection/codes/',
];
/** Rooms that serve to-dos and notices of any kind of case. */
const shared = globSync('src/{projection,fhir,access,log,messaging,cases}/**/*.ts', { cwd: root }).filter(
  (file) => !file.endsWith('.test.ts') && !ownRooms.some((room) => file.startsWith(room)),
);
/** Codes of one word mean other things too. */
const codes = [...Object.keys(caseKinds.todos), ...Object.keys(caseKinds.notices)].filter((code) =>
  code.includes('-'),
);

it('ORG-12, VIEW-12: what is true of a kind of to-do or notice is asked of its row, so shared rooms name none', () => {
  const naming = shared.flatMap((file) => {
    const text = readFileSync(`${root}/${file}`, 'utf8');
    return codes.filter((code) => text.includes(`'${code}'`)).map((code) => `${file}: ${code}`);
  });
  expect(naming).toEqual([]);
});
