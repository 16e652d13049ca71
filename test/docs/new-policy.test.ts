import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CarePlan, Consent, Task } from 'fhir/r4.js';
import { pino } from 'pino';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import type { Organisation, Provider } from '../../src/directory/organisation.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { asPolicy } from '../../src/policies/policy-file.js';
import { schemaOf, settingsOfPolicies } from '../../src/policies/settings.js';
import { anyOf, type SettingRows } from '../../src/process/policy/setting.js';
import { sharedMinimum, sharedSettings } from '../../src/process/policy/shared-settings.js';
import { svuSettings } from '../../src/process/svu/settings.js';
import { daysAfter, localDateOf } from '../../src/process/time.js';
import { codeSystems } from '../../src/projection/codes/codes.js';
import { checkFiles } from '../../src/start/checks/check-files.js';
import { cast, patients, receivers } from '../../src/demo/cast.js';
import { FhirClient, Refused } from '../../src/demo/fhir-client.js';
import { catalogueParameter, newCase, oralConsent } from '../../src/demo/requests.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

const settings = settingsOfPolicies(caseKinds.all);

/** A day that lies ahead. */
const ahead = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** docs/new-policy.md, done from beginning to end; nothing but its files is given to the hub. */
const page = await readFile('docs/new-policy.md', 'utf8');
const block = (name: string): unknown =>
  JSON.parse(new RegExp(`^\`\`\`json ${name}\\n([^]*?)^\`\`\``, 'm').exec(page)?.[1] ?? 'missing');
/** The rows of the table whose heading begins so: cells as they are written. */
const table = (heading: string): readonly (readonly string[])[] => {
  const lines = page.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`| ${heading}`));
  const to = lines.findIndex((line, at) => at > from && !line.startsWith('|'));
  return lines.slice(from + 2, to).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

type Part = Record<string, Record<string, unknown>>;
type File = {
  name: string;
  versions: { version: number; settings: Part; kinds: { svu: Part } }[];
};
const sundvik = () => block('sundvik.json') as File;
const withVersion2 = (): File => {
  const file = sundvik();
  return { ...file, versions: [...file.versions, block('version-2') as File['versions'][0]] };
};

let folder: string;
const at = (name: string): string => path.join(folder, name);
const put = (name: string, content: unknown) => writeFile(at(name), JSON.stringify(content, null, 2));

/** The fictional region with the page's organisation in the place of its own. */
async function putOrganisation(changes: Partial<Record<keyof Provider, unknown>> = {}): Promise<void> {
  const file = fromProjectRoot('src/demo/fictional-region/organisation.json');
  const region = JSON.parse(await readFile(file, 'utf8')) as Organisation;
  const own = block('organisation') as Provider;
  const providers = region.providers.map((one) =>
    one.organisationNumber === own.organisationNumber ? { ...own, ...changes } : one,
  );
  await put('organisation.json', { ...region, providers });
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-new-policy-'));
  await cp('policies', at('policies'), { recursive: true });
  await put('policies/sundvik.json', sundvik());
  await putOrganisation();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const environment = () => ({
  POLICIES_DIRECTORY: at('policies'),
  ORGANISATION_FILE: at('organisation.json'),
});

describe('docs/new-policy.md', () => {
  it('lists every setting with its rule, its values, and whether an organisation may narrow it', () => {
    const told = table('setting ').map(([name, under, rule, value = '', narrowed]) => ({
      name: name?.replaceAll('`', '') ?? '',
      under: under?.replaceAll('`', ''),
      rule,
      words: [...value.matchAll(/`([\w-]+)`/g)].map(([, word]) => word ?? ''),
      local: /\(([A-Z]+-\d+)\)/.exec(narrowed ?? '')?.[1],
    }));
    const minimum = (words: readonly string[]) => ({
      minimumUnderRefusal: { ...sharedSettings.minimumUnderRefusal, values: anyOf(...words) },
    });
    const parts: Readonly<Record<string, SettingRows>> = {
      settings: { ...sharedSettings, ...minimum(sharedMinimum) },
      'kinds.svu': { ...minimum(svuSettings.minimum), ...svuSettings.rows },
    };
    expect(told.map(({ name, under, rule, local }) => ({ name, under, rule, local }))).toEqual(
      Object.entries(parts).flatMap(([under, rows]) =>
        Object.entries(rows).map(([name, { rule, local }]) => ({ name, under, rule, local: local?.rule })),
      ),
    );
    for (const { name, under = '', words } of told) {
      const row = parts[under]?.[name];
      const takes = (written: unknown) => row !== undefined && schemaOf(row).safeParse(written).success;
      const values = words.filter((word) => !(word in settings));
      const taken = values.filter(
        (word) => takes(word) || takes([word]) || takes({ [word]: 365 }) || takes(JSON.parse(quoted(word))),
      );
      expect([name, taken]).toEqual([name, values]);
    }
  });

  it('SVU-32: what is written in the form of before is read as what is written in parts', () => {
    const file = sundvik();
    const [version] = file.versions;
    const { svu, ...others } = version!.kinds;
    const { minimumUnderRefusal: shared, ...all } = version!.settings;
    const { minimumUnderRefusal: own, ...rows } = svu;
    const words = [shared, own].flatMap((one) => one!['value']);
    const { kinds: _parts, ...before } = {
      ...version!,
      settings: { ...all, minimumUnderRefusal: { ...shared, value: words }, ...rows },
    };
    expect(others).toEqual({});
    const [inParts, asBefore] = [file, { ...file, versions: [before] }].map(
      (each) => asPolicy(each, 'sundvik', caseKinds.all).versions[0].settings,
    );
    expect(asBefore).toEqual(inParts);
    expect(Object.keys(inParts ?? {}).toSorted()).toEqual(Object.keys(settings).toSorted());
  });

  const faults: Readonly<Record<string, () => Promise<void>>> = {
    'a setting that there is none of': () =>
      changed((first) => (first.settings['readyHour'] = { rule: 'SVU-11', value: 12, source: 'x' })),
    'a value of another kind': () =>
      changed((first) => (first.settings['secrecyBreakingRule']!['value'] = 'yes')),
    'a setting of another rule': () => changed((first) => (first.kinds.svu['readyDate']!['rule'] = 'SVU-11')),
    'the newest version lacks a setting': () => changed((first) => delete first.settings['harmQuestions']),
    'a setting stands in two parts': () =>
      changed((first) => (first.settings['readyUnderRefusal'] = first.kinds.svu['readyUnderRefusal']!)),
    'a version is missing in between': async () => {
      const file = withVersion2();
      file.versions[1]!.version = 3;
      await put('policies/sundvik.json', file);
    },
    'two files with one name': () => put('policies/sundvik-2.json', sundvik()),
    '`skane`, `norrbotten` or `vasterbotten` 1 or 2 is not as it was': async () => {
      const file = JSON.parse(await readFile('policies/skane.json', 'utf8')) as File;
      file.versions[0]!.settings['secrecyBreakingRule']!['value'] = true;
      await put('policies/skane.json', file);
    },
    'an organisation names a policy that is not there': () => putOrganisation({ policy: 'sundvic' }),
    "an organisation states a setting that is the policy's": () =>
      putOrganisation({ local: { readyUnderRefusal: true } }),
    'an organisation widens the policy': async () => {
      await changed((first) => (first.kinds.svu['messagesAcknowledged']!['value'] = true));
      await putOrganisation({ local: { messagesAcknowledged: false } });
    },
    'an organisation states what says nothing under its policy': () => putOrganisation({ policy: 'skane' }),
  };
  async function changed(change: (first: File['versions'][0]) => unknown): Promise<void> {
    const file = sundvik();
    change(file.versions[0]!);
    await put('policies/sundvik.json', file);
  }
  const told = table('what is wrong').map(([what = '', says = '']) => [what, says.slice(1, -1)] as const);
  const ofFiles = told.filter(([what]) => what in faults);

  it('tells of every refusal that is tried here', () => {
    expect(ofFiles.map(([what]) => what)).toEqual(Object.keys(faults));
    expect(told.length - ofFiles.length).toBe(2);
  });

  it('ORG-11: its files are taken', () => {
    expect(() => loadConfiguration({ DATA_DIRECTORY: folder, ...environment() }, checkFiles)).not.toThrow();
  });

  it.each(ofFiles)('ORG-11: %s is refused by file and line', async (what, says) => {
    await faults[what]?.();
    const load = () => loadConfiguration({ DATA_DIRECTORY: folder, ...environment() }, checkFiles);
    expect(load).toThrow(says);
    expect(load).toThrow(/(?:POLICIES_DIRECTORY|ORGANISATION_FILE) \(\S+\.json, line \d+\)/);
  });
});

const quoted = (word: string): string => (/^(?:true|false|\d+)$/.test(word) ? word : `"${word}"`);

describe('a hub with the policy of docs/new-policy.md', () => {
  let store: TestDatabase;
  beforeEach(async () => {
    store = await createTestDatabase();
  });
  afterEach(() => store.drop());

  const configured = () => wholeHubConfiguration(store.url, at('data'), [], environment());

  /** Does something in a running hub, as staff of the ward and its receivers. */
  async function withHub<T>(work: (client: (who: keyof typeof cast) => Promise<FhirClient>) => Promise<T>) {
    const configuration = await configured();
    const started = await start(configuration, pino({ level: 'silent' }));
    try {
      const issuer = await openDemoIssuer(configuration);
      return await work((who) => FhirClient.open(configuration.http.baseUrl, issuer, cast[who]));
    } finally {
      await started.stop();
    }
  }
  const ready = (ward: FhirClient, caseId: string, days: number): Promise<readonly string[]> =>
    ward
      .step(
        caseId,
        'ready',
        { name: 'date', valueDate: daysAfter(localDateOf(new Date().toISOString()), days) },
        catalogueParameter('doctor', 'SE4999000013-P002'),
      )
      .then(
        () => ['done'],
        (error: unknown) => {
          if (error instanceof Refused) return error.codes;
          throw error;
        },
      );
  async function open(ward: FhirClient, { number }: (typeof patients)[number]): Promise<[string, Consent]> {
    const { id = '' } = await ward.create<CarePlan>(newCase(number, new Date(), ahead));
    const informed = ['informed', 'oral', 'written'].map((name) => ({ name, valueBoolean: true }));
    await ward.step(id, 'record-patient-information', ...informed);
    const consent = await ward.create<Consent>(oralConsent(id));
    await ward.step(id, 'publish-admission-notice');
    return [id, consent];
  }
  const versionOf = (consent: Consent) => consent.policyRule?.coding?.[0];

  it('SVU-32: opens cases under it, goes on with them after a new version, and refuses one that is altered or gone', async () => {
    const rows = new Map(table('what the ward does').map(([what = '', says = '']) => [what, says]));
    const first = await withHub(async (client) => {
      const ward = await client('nurse');
      const [caseId, consent] = await open(ward, patients[0]);
      const said = `\`Consent.policyRule\` is \`${versionOf(consent)?.code}\`, version \`${versionOf(consent)?.version}\`, display \`${versionOf(consent)?.display}\``;
      expect(said).toBe(rows.get('registers a consent'));
      const late = (await ready(ward, caseId, 3)).map((code) => `\`${code}\``);
      expect(late).toContain(rows.get('reports ready for the day three days ahead'));
      expect(await ready(ward, caseId, 1)).toEqual([rows.get('reports ready for tomorrow')]);
      await ward.step(
        caseId,
        'withdraw-ready',
        { name: 'expectedDischarge', valueDate: ahead },
        { name: 'reason', valueString: 'Feber' },
      );
      for (const { unit } of receivers) {
        const who = (Object.keys(cast) as (keyof typeof cast)[]).find((each) => cast[each].unit === unit);
        const todos: Task[] = await (await client(who ?? 'nurse')).todos(caseId);
        const codes = todos.map(({ code }) => code?.coding?.[0]?.code);
        expect(codes).toContain('acknowledge-message');
        expect(rows.get('withdraws ready')).toBe('each receiver has a to-do `acknowledge-message`');
      }
      return caseId;
    });
    expect(codeSystems.policy.concepts['sundvik']).toBeUndefined();

    await put('policies/sundvik.json', withVersion2());
    await withHub(async (client) => {
      const ward = await client('nurse');
      const [second, consent] = await open(ward, patients[1]);
      expect(versionOf(consent)).toMatchObject({ code: 'sundvik', version: '2' });
      expect(await ready(ward, first, 3)).toContain('ready-date-too-late');
      expect(await ready(ward, second, 3)).toEqual(['done']);
    });

    const says = table('what is wrong').slice(-2);
    const altered = withVersion2();
    altered.versions[0]!.kinds.svu['listedAfterDischargeHours']!['value'] = 48;
    await put('policies/sundvik.json', altered);
    const lines = (await readFile(at('policies/sundvik.json'), 'utf8')).split('\n');
    const line = lines.findIndex((each) => each.includes('"value": 48')) + 1;
    const where = `sundvik\\.json, line ${line}\\).*listedAfterDischargeHours was 96`;
    await refused(says[0]?.[1], new RegExp(where));
    await rm(at('policies/sundvik.json'));
    await putOrganisation({ policy: 'skane', local: {} });
    await refused(says[1]?.[1], /POLICIES_DIRECTORY \(\S+sundvik\.json\)/);
  });

  it('SVU-32: a version that no case has may be altered', async () => {
    await withHub(() => Promise.resolve());
    const altered = sundvik();
    altered.versions[0]!.kinds.svu['listedAfterDischargeHours']!['value'] = 48;
    await put('policies/sundvik.json', altered);
    await withHub(() => Promise.resolve());
    const { rows } = await store.database.query(
      `select settings ->> 'listedAfterDischargeHours' as hours from policy_version where name = 'sundvik'`,
    );
    expect(rows).toEqual([{ hours: '48' }]);
  });

  async function refused(says: string | undefined, more: RegExp): Promise<void> {
    const starting = start(await configured(), pino({ level: 'silent' }));
    const message = await starting.then(
      () => 'it started',
      (error: unknown) => (error as Error).message,
    );
    expect(message).toContain(says?.slice(1, -1));
    expect(message).toMatch(more);
  }
});
