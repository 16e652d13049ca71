import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationRefused, loadConfiguration } from '../../src/configuration/load-configuration.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import { variables } from '../../src/configuration/variables/index.js';
import { checkFiles } from '../../src/start/check-files.js';
import { makeCertificates } from '../support/certificates.js';

const certificates = await makeCertificates();
afterAll(() => certificates.remove());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hemgang-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);
const put = (name: string, content: string | Buffer): string => {
  writeFileSync(at(name), content);
  return at(name);
};
const region = (name: string): string =>
  readFileSync(fromProjectRoot(`src/start/fictional-region/${name}`), 'utf8');

/** Everything that reads any file runs; the addresses lead nowhere and are not asked. */
const everything = {
  KAFKA_BROKERS: '127.0.0.1:9',
  KAFKA_TLS: 'true',
  COSMIC_URL: 'http://127.0.0.1:9/fhir',
  COSMIC_TOKEN_URL: 'http://127.0.0.1:9/token',
  COSMIC_CLIENT_ID: 'hub',
  ...Object.fromEntries(
    [
      ['MLLP_TLS_CERTIFICATE_FILE', 'MLLP_TLS_KEY_FILE', 'MLLP_TLS_CLIENT_CA_FILE'],
      ['COSMIC_TLS_CERTIFICATE_FILE', 'COSMIC_TLS_KEY_FILE', 'COSMIC_TLS_CA_FILE'],
      ['REGISTER_CLIENT_CERTIFICATE_FILE', 'REGISTER_CLIENT_KEY_FILE', 'REGISTER_CA_FILE'],
      ['KAFKA_TLS_CERTIFICATE_FILE', 'KAFKA_TLS_KEY_FILE', 'KAFKA_TLS_CA_FILE'],
    ].flatMap((names) =>
      names.map((name, place) => [
        name,
        certificates.path(['server.pem', 'server.key', 'ca.pem'][place] ?? ''),
      ]),
    ),
  ),
  COSMIC_CLIENT_KEY_FILE: certificates.path('client.key'),
};

function refusal(environment: Readonly<Record<string, string>>): string {
  try {
    loadConfiguration({ DATA_DIRECTORY: folder, ...everything, ...environment }, checkFiles);
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

/** Those that are read: the heads of the trail are written. */
const fileVariables = Object.keys(variables).filter(
  (name) => name.endsWith('_FILE') && name !== 'AUDIT_HEADS_FILE',
);
const pemVariables = fileVariables.filter((name) => /(?:CERTIFICATE|KEY|CA)_FILE$/.test(name));
const jsonVariables = fileVariables.filter((name) => !pemVariables.includes(name));

describe('a file that the hub reads is checked before anything is opened', () => {
  test('what is right is taken', () => {
    expect(loadConfiguration({ ...everything, DATA_DIRECTORY: folder }, checkFiles).processes.size).toBe(10);
  });

  test.each(fileVariables)('%s: a file that is not there', (variable) => {
    expect(refusal({ [variable]: at('not-there') })).toContain(
      `${variable} (${at('not-there')}): cannot be read (ENOENT)`,
    );
  });

  test.each(fileVariables)('%s: a folder, and bytes that are no text', (variable) => {
    expect(refusal({ [variable]: folder })).toContain(`${variable} (${folder}): cannot be read (EISDIR)`);
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
      DATA_DIRECTORY: folder,
      PROCESSES: 'sequencer',
      COSMIC_CONFIGURATION_FILE: at('none'),
    };
    expect(() => loadConfiguration(configuration, checkFiles)).not.toThrow();
    rmSync(folder, { recursive: true });
    expect(() => loadConfiguration({ ...configuration, ORGANISATION_FILE: at('none') }, checkFiles)).toThrow(
      ConfigurationRefused,
    );
    expect(() => readdirSync(folder)).toThrow(/ENOENT/);
    folder = mkdtempSync(path.join(tmpdir(), 'hemgang-files-'));
  });
});

const issuers = (change: object = {}) => [
  {
    issuer: 'https://idp.example',
    audience: 'hub',
    keys: { url: 'https://idp.example/jwks' },
    algorithms: ['ES256'],
    kind: 'user',
    claims: { client: 'client_id', user: 'employeeHsaId', unit: 'unit' },
    ...change,
  },
];
const keySet = (...keys: readonly object[]) => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const own = publicKey.export({ format: 'jwk' });
  return put('jwks.json', JSON.stringify({ keys: keys.map((key) => ({ ...own, ...key })) }, null, 1));
};
const issuersFile = (change: object) => put('issuers.json', JSON.stringify(issuers(change), null, 2));

describe('TOKEN_ISSUERS_FILE', () => {
  test('without an audience it would take tokens for other services', () => {
    expect(refusal({ TOKEN_ISSUERS_FILE: issuersFile({ audience: undefined }) })).toMatch(
      /TOKEN_ISSUERS_FILE \(.*issuers\.json, line 2\): 0\.audience: /,
    );
  });

  test('without an issuer nobody would be let in', () => {
    expect(refusal({ TOKEN_ISSUERS_FILE: put('issuers.json', '\n[]') })).toMatch(
      /TOKEN_ISSUERS_FILE \(.*issuers\.json, line 2\): the file: names no issuer/,
    );
  });

  const places = { client: 'client_id', user: 'employeeHsaId', unit: 'unit' };
  const claimed = (change: object): object => ({ claims: { ...places, ...change } });
  const credentials = 'https://user:hunter2@idp.example';
  test.each<[string, object, string]>([
    ['a claim of the token itself, for the user', claimed({ user: 'iss' }), '0\\.claims\\.user: '],
    ['the same on the way to it', claimed({ user: ['aud', '0'] }), '0\\.claims\\.user: '],
    ['the same for the client', claimed({ client: 'jti' }), '0\\.claims\\.client: '],
    ...['__proto__', 'constructor', 'toString'].map((name): [string, object, string] => [
      `a claim that every object has, ${name}`,
      claimed({ role: ['roles', name] }),
      '0\\.claims\\.role: ',
    ]),
    ['the unit where the user is', claimed({ unit: 'employeeHsaId' }), '0\\.claims\\.unit: .*`user`'],
    ['the client where the user is', claimed({ client: ['employeeHsaId'] }), '0\\.claims\\.user: .*`client`'],
    [
      'the assignment where the unit is',
      claimed({ assignment: 'unit' }),
      '0\\.claims\\.assignment: .*`unit`',
    ],
    ['the role where the client is', claimed({ role: 'client_id' }), '0\\.claims\\.role: .*`client`'],
    ['keys behind a user and a password', { keys: { url: `${credentials}/jwks` } }, '0\\.keys'],
    ['keys behind a user', { keys: { url: 'https://user@idp.example/jwks' } }, '0\\.keys'],
    ['a name with a password', { issuer: credentials }, '0\\.issuer: '],
    ['an audience with a password', { audience: credentials }, '0\\.audience: '],
  ])('%s, by its line', (_what, change, problem) => {
    const text = refusal({ TOKEN_ISSUERS_FILE: issuersFile(change) });
    expect(text).toMatch(new RegExp(`TOKEN_ISSUERS_FILE \\(.*issuers\\.json, line \\d+\\): ${problem}`));
    expect(text).not.toContain('hunter2');
  });

  test('a unit of users may stand where the units of systems stand', () => {
    const file = issuersFile({ kind: 'both', claims: { ...places, units: 'unit' } });
    const environment = { DATA_DIRECTORY: folder, ...everything, TOKEN_ISSUERS_FILE: file };
    expect(() => loadConfiguration(environment, checkFiles)).not.toThrow();
  });

  test('ORG-3: an organisation that the organisation file does not know', () => {
    expect(refusal({ TOKEN_ISSUERS_FILE: issuersFile({ organisations: ['2321000131'] }) })).toMatch(
      /TOKEN_ISSUERS_FILE \(.*issuers\.json, line \d+\): 0\.organisations\.0: is no organisation of ORGANISATION_FILE/,
    );
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

  test('ORG-3: in production, an issuer that is tied to no organisation', () => {
    expect(refusal({ HEMGANG_ENVIRONMENT: 'production', TOKEN_ISSUERS_FILE: issuersFile({}) })).toMatch(
      /TOKEN_ISSUERS_FILE \(.*line 2\): 0: production needs the `organisations`/,
    );
  });

  test.each([
    ['is not there', () => at('none.json'), 'cannot be read'],
    [
      'holds a short key',
      () =>
        put(
          'jwks.json',
          JSON.stringify({
            keys: [{ kty: 'RSA', e: 'AQAB', n: Buffer.alloc(128, 255).toString('base64url') }],
          }),
        ),
      'less than 2048 bits',
    ],
    ['holds two keys of one id', () => keySet({ kid: 'a' }, { kid: 'b' }, { kid: 'a' }), 'keys.2: .*kid'],
    ['holds a key without an id beside others', () => keySet({ kid: 'a' }, {}), 'keys.1: .*kid'],
    ['holds a private key', () => put('jwks.json', '{"keys":[{"kty":"EC","d":"x"}]}'), 'holds a private key'],
    ['holds a shared secret', () => put('jwks.json', '{"keys":[{"kty":"oct","k":"x"}]}'), 'keys.0.kty'],
  ])('the file of keys that it names %s', (_what, make, problem) => {
    const file = make();
    const text = refusal({ TOKEN_ISSUERS_FILE: issuersFile({ keys: { file } }) });
    expect(text).toMatch(new RegExp(`TOKEN_ISSUERS_FILE \\(${file}.*${problem}`));
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
    expect(refusal({ POLICIES_DIRECTORY: folder })).toContain(fault(folder, 'holds no policy (<name>.json)'));
  });

  test('ORG-11: every fault of every file is told by its line', () => {
    const broken = put('broken.json', '{\n  "name": "broken",\n}\n');
    const twice = put('twice.json', '{\n  "name": "twice",\n  "name": "twice"\n}\n');
    const bytes = put('bytes.json', Buffer.from([0x7b, 0xe5, 0x7d]));
    const more = put('more.json', '{\n  "name": "MORE",\n  "hunter2": 1\n}\n');
    const text = refusal({ POLICIES_DIRECTORY: folder });
    expect(text).toContain(`POLICIES_DIRECTORY (${broken}, line 3): is not JSON`);
    expect(text).toContain(`POLICIES_DIRECTORY (${twice}, line 3): a name stands twice in one object`);
    expect(text).toContain(fault(bytes, 'is not text in UTF-8'));
    expect(text).toContain(`POLICIES_DIRECTORY (${more}, line 2): name: must be small letters`);
    expect(text).toMatch(new RegExp(`\\(${more}, line 3\\): .*hunter2`));
    expect(text).toMatch(new RegExp(`\\(${more}, line 1\\): versions: `));
  });
});
