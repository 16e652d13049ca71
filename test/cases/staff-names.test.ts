import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Consent, QuestionnaireResponse } from 'fhir/r4.js';
import { CatalogueFollower } from '../../src/cases/jobs/follow-catalogue.js';
import { svuStream } from '../../src/cases/kinds/svu.js';
import { stayStream, wardNoticeStream } from '../../src/cases/streams/of-no-case.js';
import type { LiveDirectory } from '../../src/directory/live-directory.js';
import type { Organisation } from '../../src/directory/organisation.js';
import { rebuild } from '../../src/log/rebuild.js';
import { StreamRegistry, type AnyStreamType } from '../../src/log/stream-registry.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { personStream } from '../../src/persons/person-stream.js';
import { localDateOf } from '../../src/process/time.js';
import { codeSystems, coding, harmAssessmentQuestionnaire } from '../../src/projection/codes/codes.js';
import { careTeamId } from '../../src/projection/identity.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, codesOf, consent, informed, opened, parameters, staff, type Who } from '../support/svu.js';

/** The doctor says who is medically responsible and assesses the harm; the contact is of the health centre. */
const doctor = { hsaId: staff.doctor.user, name: 'Bertil Källbrink' };
const contact = { hsaId: staff.healthCentre.user, name: 'Rasmus Öhrlund' };
const both = [doctor, contact];
const withheld = 'Skyddade personuppgifter';
const readers: readonly Who[] = ['nurse', 'doctor', 'healthCentre', 'municipality'];
const reference = (value: string) => ({ identifier: { system: 'urn:oid:1.2.752.29.4.19', value } });

let hub: TestHub;
let id: string;
let assessment: Consent;
let organisation: Organisation;
const directory = () => hub.cases.directory as LiveDirectory;

beforeAll(async () => {
  hub = await startHub();
  ({ organisation } = directory());
  id = await opened(hub, '193406129829');
  const nurse = await as(hub, 'nurse');
  assessment = await done(nurse.post('Consent', harmAssessment()));
  await done(nurse.post(`CarePlan/${id}/$record-patient-information`, informed));
  await done(nurse.post(`CarePlan/${id}/$publish-admission-notice`, parameters()));
  await done((await as(hub, 'healthCentre')).post(`CarePlan/${id}/$name-contact`, named));
  await done(nurse.post(`CarePlan/${id}/$ready`, isReady, { key }));
  // Another version of each, so that the names are in earlier ones too.
  await done(nurse.post(`CarePlan/${id}/$record-patient-information`, notYet));
  await done((await as(hub, 'healthCentre')).post(`CarePlan/${id}/$name-contact`, moreOf));
});
afterAll(() => hub.stop());
beforeEach(() => directory().replace(organisation));
afterEach(() => directory().replace(organisation));

const key = 'ready-once';
const isReady = parameters(
  { name: 'date', valueDate: localDateOf(new Date().toISOString()) },
  { name: 'doctor', valueReference: reference(doctor.hsaId) },
);
const named = parameters(
  { name: 'contact', valueReference: reference(contact.hsaId) },
  { name: 'callsToSip', valueBoolean: true },
);
const moreOf = parameters(...(named.parameter ?? []), { name: 'responsibility', valueString: 'Såret' });
const notYet = parameters(
  { name: 'informed', valueBoolean: false },
  { name: 'reason', valueString: 'Sover' },
);

async function done(asked: ReturnType<Awaited<ReturnType<typeof as>>['post']>): Promise<Consent> {
  const answer = await asked;
  expect([answer.status < 300, codesOf(answer)]).toEqual([true, []]);
  return answer.body as Consent;
}

function harmAssessment(): Consent {
  const answers: QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse',
    id: 'answers',
    questionnaire: harmAssessmentQuestionnaire,
    status: 'completed',
    item: [{ linkId: 'reason-consent-unavailable', answer: [{ valueString: 'Medvetslös' }] }],
  };
  const { extension: _none, ...basis } = consent(id);
  return {
    ...basis,
    category: [{ coding: [coding(codeSystems.decision, 'harm-assessment')] }],
    contained: [answers],
    sourceReference: { reference: '#answers' },
    performer: [reference(doctor.hsaId)],
  };
}

/** What the directory says from now on of these persons. */
function say(change: { readonly protectedPerson: true } | 'unknown', ...who: readonly string[]): void {
  const people = organisation.people.flatMap((each) => {
    if (!who.includes(each.hsaId)) return [each];
    return change === 'unknown' ? [] : [{ ...each, ...change }];
  });
  directory().replace({ ...organisation, people });
}
const protect = (...who: readonly string[]): void => say({ protectedPerson: true }, ...who);

/** Everything of the case that can be read, by address; searches and histories with all they hold. */
async function everyDoor(who: Who): Promise<ReadonlyMap<string, string>> {
  const reader = await as(hub, who);
  const { rows } = await hub.store.database.query<{ type: string; id: string; version: number }>(
    `select type, id, version from resource_version where scope is not null order by type, id, version`,
  );
  const single = rows.flatMap(({ type, id: of, version }) => [
    `${type}/${of}`,
    `${type}/${of}/_history`,
    `${type}/${of}/_history/${version}`,
  ]);
  const searches = [
    'CarePlan?_count=200',
    `CareTeam?participant=PractitionerRole/${careTeamId(id)}`,
    `CareTeam?_count=200`,
    `Consent?data=CarePlan/${id}&_include=Consent:source-reference`,
    `Communication?based-on=CarePlan/${id}&_include=Communication:based-on`,
    `Task?based-on=CarePlan/${id}&_include=Task:focus&_include=Task:based-on`,
    `QuestionnaireResponse?based-on=CarePlan/${id}`,
  ];
  const doors = new Map<string, string>();
  for (const path of new Set([...single, ...searches])) doors.set(path, (await reader.get(path)).text);
  return doors;
}

const naming = (doors: ReadonlyMap<string, string>, name: string): readonly string[] =>
  [...doors].filter(([, text]) => text.includes(name)).map(([path]) => path);
const types = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths.map((path) => path.split(/[/?]/)[0] ?? ''))].toSorted();
/** Marks that the store keeps are for nobody. */
const marks = /[\u0080-\u009f]/u;

describe('names of staff in a case', () => {
  it('ORG-1: are shown while the directory names the person, in every resource that says who', async () => {
    const doors = await everyDoor('nurse');
    expect(types(naming(doors, doctor.name))).toEqual([
      'CarePlan',
      'Communication',
      'Consent',
      'QuestionnaireResponse',
      'Task',
    ]);
    expect(types(naming(doors, contact.name))).toEqual(['CareTeam', 'Task']);
    expect(naming(doors, doctor.name).filter((path) => /_history\/\d/.test(path)).length).toBeGreaterThan(4);
    expect(naming(doors, contact.name).some((path) => path.endsWith('_history'))).toBe(true);
    for (const text of doors.values()) expect(text).not.toMatch(marks);
  });

  it.each([
    ['protected', protect],
    ['no longer in the directory', (...who: readonly string[]) => say('unknown', ...who)],
  ])(
    'ORG-1: of staff who are %s are shown by no door to anybody, now or in earlier versions',
    async (_, hide) => {
      const tokens = await Promise.all(readers.map((who) => as(hub, who)));
      expect(tokens).toHaveLength(readers.length);
      hide(...both.map(({ hsaId }) => hsaId));
      for (const who of readers.filter((each) => !both.some(({ hsaId }) => hsaId === staff[each].user))) {
        const doors = await everyDoor(who);
        for (const { name } of both) {
          expect(naming(doors, name)).toEqual([]);
          for (const part of name.split(' ')) expect(naming(doors, part)).toEqual([]);
        }
        for (const text of doors.values()) expect(text).not.toMatch(marks);
        expect(naming(doors, withheld).length).toBeGreaterThan(5);
      }
    },
  );

  it('ORG-1: the protected person’s own token reads no name either, and who is not protected keeps theirs', async () => {
    protect(doctor.hsaId);
    const doors = await everyDoor('doctor');
    expect(naming(doors, doctor.name)).toEqual([]);
    expect(types(naming(doors, contact.name))).toEqual(['CareTeam', 'Task']);
    expect(doors.get(`Consent/${assessment.id}`)).toContain(`"${withheld}, Läkare"`);
  });

  it('ORG-1: what a step answers withholds them as well, and a repeat of one from before', async () => {
    protect(doctor.hsaId, contact.hsaId);
    const nurse = await as(hub, 'nurse');
    const repeated = await nurse.post(`CarePlan/${id}/$ready`, isReady, { key });
    expect(repeated.status).toBe(200);
    expect(repeated.text).not.toContain(doctor.name);
    expect(repeated.text).toContain(withheld);
    const unchanged = await nurse.put(
      `Consent/${assessment.id}`,
      JSON.parse((await nurse.get(`Consent/${assessment.id}`)).text),
    );
    // What is read may be sent back: the name that is withheld is no change.
    expect([unchanged.status, codesOf(unchanged)]).toEqual([200, []]);
    expect(unchanged.text).toContain(`"${withheld}, Läkare"`);
  });

  it('ORG-1: a rebuild brings no name back', async () => {
    const streams = [svuStream, stayStream, wardNoticeStream, personStream] as unknown as AnyStreamType[];
    const registry = new StreamRegistry(streams);
    protect(...both.map(({ hsaId }) => hsaId));
    const rebuilding = { database: hub.store.database, registry, resume: false };
    expect((await rebuild({ ...rebuilding, swap: true })).differences).toEqual([]);
    const doors = await everyDoor('nurse');
    for (const { name } of both) expect(naming(doors, name)).toEqual([]);
    expect(naming(doors, withheld).length).toBeGreaterThan(5);
  });

  it('ORG-1: the catalogue’s word takes the name away and gives it back, as soon as it is known', async () => {
    const { sql, now } = hub.cases;
    const follower = new CatalogueFollower({
      sql,
      directory: directory(),
      file: organisation,
      rules: { source: 'merged', longestAgeMilliseconds: 24 * 3_600_000 },
      now,
      onChange: () => Promise.resolve(),
    });
    const tell = async (protectedPerson: boolean) => {
      await hub.tellCatalogue(factTopics.practitioner, {
        practitioner: contact.hsaId,
        found: true,
        protectedPerson,
        ...(!protectedPerson && { name: { given: 'Rasmus', surname: 'Öhrlund' } }),
        titles: [],
        licences: [],
        assignments: [],
        readAt: now().toISOString(),
      });
      await follower.look();
      return (await (await as(hub, 'nurse')).get(`CareTeam/${careTeamId(id)}`)).text;
    };
    expect(await tell(false)).toContain(contact.name);
    const hidden = await tell(true);
    expect(hidden).not.toContain('Öhrlund');
    expect(hidden).toContain(withheld);
    expect(await tell(false)).toContain(contact.name);
  });
});
