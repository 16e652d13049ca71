import { describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { ConfigurationRefused, loadConfiguration } from '../../src/configuration/load-configuration.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import { variables } from '../../src/configuration/variables/index.js';
import { checkFiles } from '../../src/start/checks/check-files.js';
import { refuseFictional } from '../../src/start/checks/refuse-fictional.js';
import {
  at,
  certificates,
  everything,
  issuers,
  put,
  refusal,
  region,
  useFolder,
} from '../support/configured-files.js';

useFolder();

/** Those that are read: the heads of the trail are written. */
const fileVariables = Object.keys(variables).filter(
  (name) => name.endsWith('_FILE') && name !== 'AUDIT_HEADS_FILE',
);
const pemVariables = fileVariables.filter((name) => /(?:CERTIFICATE|KEY|CA)_FILE$/.test(name));
const jsonVariables = fileVariables.filter((name) => !pemVariables.includes(name));

/** Root may read and write everything. */
function asAnother<Result>(work: () => Result): Result {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe('a file that the hub reads is checked before anything is opened', () => {
  test('what is right is taken', () => {
    expect(loadConfiguration({ ...everything, DATA_DIRECTORY: at() }, checkFiles).processes.size).toBe(10);
  });

  test('ACC-5: AUDIT_HEADS_FILE: a folder, and a file where a folder is to be, beside every other fault', () => {
    const also = { HTTP_PORT: 'x', ORGANISATION_FILE: at('none.json') };
    const folder = refusal({ ...also, AUDIT_HEADS_FILE: at() });
    expect(folder).toContain(`AUDIT_HEADS_FILE (${at()}): is no file`);
    for (const each of ['HTTP_PORT: ', 'ORGANISATION_FILE (']) expect(folder).toContain(each);
    const inFile = `${put('file', '')}/deeper/heads.jsonl`;
    expect(refusal({ AUDIT_HEADS_FILE: inFile })).toContain(
      `AUDIT_HEADS_FILE (${inFile}): cannot be written (ENOTDIR)`,
    );
    const linked = at('link');
    symlinkSync('link', linked);
    expect(refusal({ AUDIT_HEADS_FILE: linked })).toContain('cannot be written (ELOOP)');
  });

  test('ACC-5: AUDIT_HEADS_FILE: one that is there, or can be made with its folder, is taken and not made', () => {
    for (const file of [put('heads.jsonl', ''), at('not/yet/heads.jsonl')])
      expect(() =>
        loadConfiguration({ ...everything, DATA_DIRECTORY: at(), AUDIT_HEADS_FILE: file }, checkFiles),
      ).not.toThrow();
    expect(readdirSync(at())).not.toContain('not');
  });

  test.each([0o200, 0o400])('ACC-5: AUDIT_HEADS_FILE: one that may not be read or written: %o', (mode) => {
    const file = put('heads.jsonl', '');
    chmodSync(file, mode);
    chmodSync(at(), 0o755);
    const text = asAnother(() => refusal({ AUDIT_HEADS_FILE: file }));
    expect(text).toContain(`AUDIT_HEADS_FILE (${file}): cannot be written (EACCES)`);
  });

  test.each(fileVariables)('%s: a file that is not there', (variable) => {
    expect(refusal({ [variable]: at('not-there') })).toContain(
      `${variable} (${at('not-there')}): cannot be read (ENOENT)`,
    );
  });

  test.each(fileVariables)('%s: a folder, and bytes that are no text', (variable) => {
    expect(refusal({ [variable]: at() })).toContain(`${variable} (${at()}): cannot be read (EISDIR)`);
    const bytes = put('bytes', Buffer.from([0x7b, 0x22, 0xe5, 0x22, 0x7d]));
    expect(refusal({ [variable]: bytes })).toContain(`${variable} (${bytes}): is not text in UTF-8`);
  });

  test.each(jsonVariables)(
    '%s: no JSON, an empty file, and a name that stands twice, by line',
    (variable) => {
      const broken = put('broken.json', '{\n  "a": 1,\n  "b": [1, 2\n}\n');
      expect(refusal({ [variable]: broken })).toContain(`${variable} (${broken}, line 4): is not JSON`);
      const empty = put('empty.json', '');
      expect(refusal({ [variable]: empty })).toContain(`${variable} (${empty}`);
      const twice = put('twice.json', '{\n  "a": 1,\n  "b": {\n    "c": 1,\n    "c": 2\n  }\n}\n');
      expect(refusal({ [variable]: twice })).toContain(
        `${variable} (${twice}, line 5): a name stands twice in one object`,
      );
      expect(refusal({ [variable]: put('mark.json', '\uFEFF{}') })).toContain('byte order mark');
    },
  );

  test.each(
    jsonVariables.flatMap((variable) =>
      ['__proto__', 'constructor', 'toString'].map((name) => [variable, name] as const),
    ),
  )('%s: a name that every object has, by its line: %s', (variable, name) => {
    const file = put('inherited.json', `{\n  "a": [\n    { "${name}": {} }\n  ]\n}\n`);
    expect(refusal({ [variable]: file })).toContain(
      `${variable} (${file}, line 3): a name is one that every object has`,
    );
  });

  test.each(jsonVariables)('%s: a setting that nobody knows, by its line', (variable) => {
    const given = variables[variable as keyof typeof variables];
    const known = JSON.parse(
      'default' in given && given.default !== undefined
        ? readFileSync(fromProjectRoot(given.default), 'utf8')
        : JSON.stringify(issuers()),
    ) as object;
    const more = Array.isArray(known) ? [{ hunter2: 1, ...(known[0] as object) }] : { hunter2: 1, ...known };
    const file = put('more.json', JSON.stringify(more, null, 2));
    const line = Array.isArray(known) ? 3 : 2;
    expect(refusal({ [variable]: file })).toMatch(
      new RegExp(`${variable} \\(${file}, line ${line}\\): .*hunter2`),
    );
  });

  test.each(pemVariables)('%s: no PEM, and a damaged one', (variable) => {
    const kind = variable.includes('KEY') ? 'PRIVATE KEY' : 'CERTIFICATE';
    expect(refusal({ [variable]: put('text.pem', 'hello') })).toMatch(
      new RegExp(`${variable} .*holds no (?:certificate|private key) in PEM`),
    );
    const spoilt = put('spoilt.pem', `-----BEGIN ${kind}-----\nAAAA\n-----END ${kind}-----\n`);
    expect(refusal({ [variable]: spoilt })).toMatch(new RegExp(`${variable} .*damaged`));
  });

  test.each(pemVariables.filter((name) => name.includes('KEY')))(
    '%s: a key behind a passphrase',
    (variable) => {
      const { privateKey } = generateKeyPairSync('ec', {
        namedCurve: 'P-256',
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
      });
      expect(refusal({ [variable]: put('closed.key', privateKey) })).toMatch(
        new RegExp(`${variable} .*closed by a passphrase`),
      );
    },
  );

  test.each(pemVariables.filter((name) => name.endsWith('CERTIFICATE_FILE')))(
    '%s: a certificate whose key is another one',
    (variable) => {
      expect(refusal({ [variable]: certificates.path('server-2.pem') })).toMatch(
        new RegExp(`${variable} \\(${certificates.path('server.key')}\\): is not the key of the first`),
      );
    },
  );

  test('every fault of every file is told at once, beside those of the variables', () => {
    const text = refusal({
      HTTP_PORT: 'x',
      MELIOR_MAPPING_FILE: put('mapping.json', '{\n "senders": "some",\n "ward": {\n  "table": 1\n }\n}'),
      ORGANISATION_FILE: at('none.json'),
      REGISTER_CA_FILE: at('none.pem'),
    });
    expect(text).toMatch(/HTTP_PORT: /);
    expect(text).toMatch(/MELIOR_MAPPING_FILE \(.*line 2\): senders/);
    expect(text).toMatch(/MELIOR_MAPPING_FILE \(.*line 4\): ward\.table/);
    expect(text).toMatch(/ORGANISATION_FILE \(.*none\.json\)/);
    expect(text).toMatch(/REGISTER_CA_FILE \(.*none\.pem\)/);
  });

  test('ORG-11: what an organisation file means is told by the line of the unit', () => {
    const organisation = JSON.parse(region('organisation.json')) as {
      units: { parent?: string; hsaId: string }[];
    };
    const unit = organisation.units.find(({ parent }) => parent !== undefined);
    if (unit === undefined) throw new Error('no unit has a parent');
    unit.parent = 'SE4999000013-NONE';
    const text = JSON.stringify(organisation, null, 2);
    const line = text.slice(0, text.indexOf(`"hsaId": "${unit.hsaId}"`)).split('\n').length - 1;
    const file = put('organisation.json', text);
    expect(refusal({ ORGANISATION_FILE: file })).toContain(
      `ORGANISATION_FILE (${file}, line ${line}): ORG-11: `,
    );
  });

  test('a file that this process does not read is not looked at, and nothing is written', () => {
    const configuration = {
      DATA_DIRECTORY: at(),
      PROCESSES: 'sequencer',
      COSMIC_CONFIGURATION_FILE: at('none'),
    };
    expect(() => loadConfiguration(configuration, checkFiles)).not.toThrow();
    rmSync(at(), { recursive: true });
    expect(() => loadConfiguration({ ...configuration, ORGANISATION_FILE: at('none') }, checkFiles)).toThrow(
      ConfigurationRefused,
    );
    expect(() => readdirSync(at())).toThrow(/ENOENT/);
  });

  test.each(['ORGANISATION_FILE', 'MELIOR_MAPPING_FILE', 'COSMIC_CONFIGURATION_FILE'])(
    'in production, %s of the fictional region, by its own name or another',
    (variable) => {
      const own = fromProjectRoot(
        String(Object.entries(variables).find(([name]) => name === variable)?.[1].default),
      );
      const name = at(`${variable}.json`);
      symlinkSync(own, name);
      for (const file of [own, name])
        expect(
          refusal({ HEMGANG_ENVIRONMENT: 'production', PROCESSES: 'hub,melior,cosmic', [variable]: file }),
        ).toMatch(new RegExp(`${variable} \\(.*: is a file of the fictional region`));
    },
  );

  test('in production, none where the fictional region was taken out of the installation', () => {
    const file = put('organisation.json', '{}');
    expect(() => refuseFictional(file, at('not-there'))).not.toThrow();
    expect(() => refuseFictional(file, at())).toThrow(/fictional region/);
  });
});

describe('what another file needs', () => {
  const changed = (name: string, change: (content: Record<string, Record<string, unknown>>) => void) => {
    const content = JSON.parse(region(name)) as Record<string, Record<string, unknown>>;
    change(content);
    return put(name, JSON.stringify(content, null, 1));
  };
  const cosmic = (person: object) => changed('cosmic.json', (content) => (content['person'] = { ...person }));

  test.each<[string, string, () => string, string]>([
    [
      'a system of personal numbers',
      'COSMIC_CONFIGURATION_FILE',
      () => cosmic({ personnummer: [] }),
      'person.personnummer',
    ],
    [
      'one kind for the numbers of a system',
      'COSMIC_CONFIGURATION_FILE',
      () => cosmic({ personnummer: ['urn:a'], reserve: ['urn:b', 'urn:a'] }),
      'person',
    ],
    [
      'a field of the ward',
      'MELIOR_MAPPING_FILE',
      () =>
        changed('melior-mapping.json', (content) => (content['ward'] = { ...content['ward'], paths: [] })),
      'ward.paths',
    ],
    [
      'a field that says when something happened',
      'MELIOR_MAPPING_FILE',
      () => changed('melior-mapping.json', (content) => (content['times'] = { occurredAt: [] })),
      'times.occurredAt',
    ],
  ])('%s is missing in %s', (_what, variable, make, place) => {
    expect(refusal({ [variable]: make() })).toMatch(new RegExp(`${variable} \\(.*line \\d+\\): ${place}`));
  });
});

describe('POLICIES_DIRECTORY', () => {
  const fault = (place: string, problem: string) => `POLICIES_DIRECTORY (${place}): ${problem}`;

  test('a folder that is not there, a file in its place, and one without a policy', () => {
    expect(refusal({ POLICIES_DIRECTORY: at('none') })).toContain(
      fault(at('none'), 'cannot be read (ENOENT)'),
    );
    const file = put('file', '{}');
    expect(refusal({ POLICIES_DIRECTORY: file })).toContain(fault(file, 'cannot be read (ENOTDIR)'));
    expect(refusal({ POLICIES_DIRECTORY: at() })).toContain(fault(at(), 'holds no policy (<name>.json)'));
  });

  test('ORG-11: every fault of every file is told by its line', () => {
    const broken = put('broken.json', '{\n  "name": "broken",\n}\n');
    const twice = put('twice.json', '{\n  "name": "twice",\n  "name": "twice"\n}\n');
    const bytes = put('bytes.json', Buffer.from([0x7b, 0xe5, 0x7d]));
    const more = put('more.json', '{\n  "name": "MORE",\n  "hunter2": 1\n}\n');
    const text = refusal({ POLICIES_DIRECTORY: at() });
    expect(text).toContain(`POLICIES_DIRECTORY (${broken}, line 3): is not JSON`);
    expect(text).toContain(`POLICIES_DIRECTORY (${twice}, line 3): a name stands twice in one object`);
    expect(text).toContain(fault(bytes, 'is not text in UTF-8'));
    expect(text).toContain(`POLICIES_DIRECTORY (${more}, line 2): name: must be small letters`);
    expect(text).toMatch(new RegExp(`\\(${more}, line 3\\): .*hunter2`));
    expect(text).toMatch(new RegExp(`\\(${more}, line 1\\): versions: `));
  });
});
