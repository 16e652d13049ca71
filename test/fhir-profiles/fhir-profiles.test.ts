import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { publishedSystems } from '../../src/projection/codes/published-systems.js';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  CodeSystem,
  ElementDefinition,
  Meta,
  OperationDefinition,
  Questionnaire,
  SearchParameter,
  StructureDefinition,
} from 'fhir/r4.js';
import { refusalSystem, ruleSystem } from '../../src/fhir/outcome.js';
import { trailActionSystem } from '../../src/fhir/terminology/code-systems.js';
import {
  careplanType,
  extensions,
  harmAssessmentQuestionnaire,
  caseProfiles,
  formProfile,
  messageProfile,
  outsideMessageProfile,
  profiles,
  svuProfiles,
  submittedProfiles,
} from '../../src/projection/codes/codes.js';
import { searchParameters } from '../../src/projection/search-parameters.js';
import { harmAssessmentQuestions } from '../../src/projection/case/harm-assessment.js';
import { renderPractitionerRoles } from '../../src/projection/directory/practitioner.js';
import { answeredForm } from './answered-form.js';
import { projectForm } from '../../src/projection/form/form.js';
import { projectMessage } from '../../src/projection/message/message.js';
import { projectOutsideMessage } from '../../src/projection/outside-message/outside-message.js';
import { projectStay } from '../../src/projection/stay/encounter.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { outside, withdrawn, written } from '../projection/messages.js';
import { draft, frozen, harmAssessment, nurse, published, caseId, refusal } from '../projection/states.js';
import { assessment } from '../support/harm-assessment.js';
import { homeVisitOrder, messageOutside, messageTo } from '../support/messages.js';
import { carePlan, consent } from '../support/svu.js';
import { operationsOfFacade } from './operations-of-facade.js';
import { questionnaires } from '../support/questionnaires.js';
import { renderQuestionnaire } from '../../src/projection/form/questionnaire.js';
import { buildProfiles } from '../support/sushi.js';
import type { Built } from '../support/sushi.js';

let built: Built;
beforeAll(async () => {
  built = await buildProfiles();
}, 200_000);

const ofType = <Resource extends { resourceType: string }>(
  type: Resource['resourceType'],
): readonly Resource[] =>
  built.resources.filter((resource): resource is Resource & { id: string } => resource.resourceType === type);

describe('the FHIR Shorthand sources', () => {
  it('build without errors, offline', () => {
    expect(built.output).toMatch(/\b0 Errors/u);
    expect(built.resources.length).toBeGreaterThan(60);
  });

  it('are refused when they are wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hemgang-wrong-fsh-'));
    await mkdir(join(folder, 'input', 'fsh'), { recursive: true });
    const config =
      'canonical: https://example.org\nversion: 0.1.0\nstatus: draft\nfhirVersion: 4.0.1\nFSHOnly: true\n';
    await writeFile(join(folder, 'sushi-config.yaml'), config);
    await writeFile(
      join(folder, 'input', 'fsh', 'wrong.fsh'),
      'Profile: Wrong\nParent: Task\n* colour 1..1\n',
    );
    try {
      await expect(buildProfiles(folder)).rejects.toThrow(/Command failed/u);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 200_000);

  it('have the code systems that the hub writes, with the same codes and words in both languages', () => {
    const fromSources = ofType<CodeSystem>('CodeSystem').map((system) => [
      system.url,
      Object.fromEntries(
        (system.concept ?? []).map(({ code, display, designation }) => [
          code,
          { sv: display, en: designation?.find(({ language }) => language === 'en')?.value },
        ]),
      ),
    ]);
    const fromHub = Object.values(publishedSystems(caseKinds)).map(({ system, concepts }) => [
      system,
      concepts,
    ]);
    // Of Inera's the one code that is written, in the one language that it has; the facade's own are made and read there.
    const { SPU } = careplanType.concepts;
    const others = [
      [careplanType.system, { SPU: { sv: SPU.sv, en: undefined } }],
      ...[refusalSystem, ruleSystem, trailActionSystem].map((system) => [system, {}]),
    ];
    expect(Object.fromEntries(fromSources)).toEqual(Object.fromEntries([...fromHub, ...others]));
  });

  it('have the operations that the facade offers, with the same parameters', () => {
    const fromSources = ofType<OperationDefinition>('OperationDefinition').map((operation) => ({
      url: operation.url,
      code: operation.code,
      description: operation.description,
      on: [operation.resource, operation.system, operation.type, operation.instance, operation.affectsState],
      in: operation.parameter
        ?.filter(({ use }) => use === 'in')
        .map(({ name, type, min, max, documentation, targetProfile }) => ({
          name,
          type,
          min,
          max,
          documentation,
          targets: targetProfile?.map((profile) => profile.split('/').at(-1)),
        })),
      out: operation.parameter?.filter(({ use }) => use === 'out').map(({ name, type }) => [name, type]),
    }));
    const fromFacade = operationsOfFacade();
    const byUrl = (one: { url?: string | undefined }, other: { url?: string | undefined }) =>
      String(one.url).localeCompare(String(other.url));
    expect(fromSources.toSorted(byUrl)).toEqual(fromFacade.toSorted(byUrl));
  });

  it('have the search parameters that are not FHIR’s own', () => {
    const own = Object.values(searchParameters)
      .flatMap((parameters) => Object.values(parameters))
      .map(({ definition }) => definition)
      .filter((definition) => !definition.startsWith('http://hl7.org/fhir/'));
    expect(ofType<SearchParameter>('SearchParameter').map(({ url }) => url)).toEqual(own);
  });

  it('CON-4: have the questions of a harm assessment that the hub shows', () => {
    const questionnaire = ofType<Questionnaire>('Questionnaire').find(
      ({ url }) => url === harmAssessmentQuestionnaire,
    );
    expect(questionnaire?.item?.map(({ linkId, text }) => [linkId, text])).toEqual(
      Object.values(harmAssessmentQuestions).map(({ linkId, sv }) => [linkId, sv]),
    );
  });

  it('SVU-14: have what the forms that come with the hub ask, as the facade shows it', () => {
    const others = ofType<Questionnaire>('Questionnaire').filter(
      ({ url }) => url !== harmAssessmentQuestionnaire,
    );
    expect(others.map(({ url, version, item }) => ({ url, version, item }))).toEqual(
      questionnaires.all.map(renderQuestionnaire).map(({ url, version, item }) => ({ url, version, item })),
    );
  });

  it('have the extensions and profiles that the hub names, and no others', () => {
    const urls = ofType<StructureDefinition>('StructureDefinition').map(({ url }) => url);
    expect(new Set(urls)).toEqual(
      new Set(
        [
          extensions,
          profiles,
          caseProfiles,
          svuProfiles,
          [messageProfile, outsideMessageProfile, formProfile],
          submittedProfiles,
        ].flatMap((each): readonly string[] => Object.values(each)),
      ),
    );
  });
});

describe('what the hub shows', () => {
  const states = [
    published,
    draft,
    frozen,
    { ...published, decisions: [harmAssessment] },
    { ...published, sharing: 'minimum' as const, decisions: [refusal] },
    {
      ...published,
      notAddressed: { outpatient: 'no-listing' as const },
      ready: {
        date: '2026-11-25',
        doctor: 'SE2321000255-P001',
        doctorName: 'Lars Ek',
        at: published.openedAt,
      },
      discharge: {
        dischargedAt: published.openedAt,
        form: 'discharge' as const,
        dischargedTo: 'Ordinärt boende',
        at: published.openedAt,
      },
    },
  ];
  const stay = projectStay('b7a0c5f4-1c7e-4f0c-8f62-0c0f7b3c4d03', {
    kind: 'stay',
    personId: published.personId,
    status: 'in-progress',
    ward: published.ward,
    admittedAt: published.admittedAt,
    wards: [{ ward: published.ward, from: published.admittedAt }],
    lastOrder: { time: published.admittedAt },
    facts: [],
  });
  const person = {
    hsaId: 'SE2321000255-P001',
    given: 'Lars',
    surname: 'Ek',
    assignments: [{ unit: published.ward, hsaId: 'SE2321000255-A001', titles: ['201010'] }],
  };
  const roles = renderPractitionerRoles(person, {}, () => undefined);
  const shown = [
    ...[...states.map((state) => projectSvu(caseId, state)), stay].flatMap(({ resources }) => resources),
    ...roles,
    ...projectMessage(caseId, written).resources,
    ...projectForm(caseId, answeredForm(nurse)).resources,
    ...projectOutsideMessage(caseId, outside).resources,
    ...projectOutsideMessage(caseId, withdrawn).resources,
  ]
    .map(({ content }) => content)
    .filter(({ meta }) => meta?.profile?.some((url) => Object.values<string>(profiles).includes(url)));

  it('has what its profile demands: elements, how many, fixed values, extensions', () => {
    expect(new Set(shown.map(({ resourceType }) => resourceType))).toEqual(new Set(Object.keys(profiles)));
    expect(shown.flatMap((resource) => faults(resource, profileOf(resource)))).toEqual([]);
  });

  it('CON-2: has profiles of what is sent that take what the hub takes, and no limit of a decision', () => {
    const profile = (url: string) => profileOf({ meta: { profile: [url] } });
    const {
      CarePlan: ofPlan,
      Communication: ofMessage,
      Consent: ofConsent,
      QuestionnaireResponse: ofAnswers,
      OutsideMessage: ofOutside,
    } = submittedProfiles;
    const outside = messageOutside('193406129829', ['homeNursing'], { extension: [homeVisitOrder()] });
    expect(faults(outside, profile(ofOutside))).toEqual([]);
    expect(faults(messageTo(caseId, { to: ['nurse'], acknowledgedBy: [] }), profile(ofMessage))).toEqual([]);
    const [answers] = assessment(caseId).contained ?? [];
    expect(faults(carePlan('193406129829'), profile(ofPlan))).toEqual([]);
    for (const sent of [consent(caseId), consent(caseId, 'refusal'), assessment(caseId)])
      expect(faults(sent, profile(ofConsent))).toEqual([]);
    expect(faults(answers ?? {}, profile(ofAnswers))).toEqual([]);
    expect(faults({ ...consent(caseId), verification: [{}], policy: [{}] }, profile(ofConsent))).toHaveLength(
      2,
    );
    const none = (url: string) =>
      (profile(url).differential?.element ?? []).filter(({ max }) => max === '0').map(({ path }) => path);
    expect(none(ofConsent)).toEqual(
      expect.arrayContaining([
        'Consent.modifierExtension',
        ...['period', 'actor', 'code', 'provision', 'modifierExtension'].map(
          (name) => `Consent.provision.${name}`,
        ),
      ]),
    );
  });

  it('has extensions only where their definitions take them', () => {
    const definitions = ofType<StructureDefinition>('StructureDefinition');
    const contexts = new Map(
      definitions.map(({ url, context }) => [url, context?.map(({ expression }) => expression)] as const),
    );
    const placed = definitions
      .filter(({ type }) => type !== 'Extension')
      .flatMap(({ name, differential }) =>
        (differential?.element ?? []).flatMap(({ path, type }) =>
          (type ?? [])
            .flatMap(({ code, profile }) => (code === 'Extension' ? (profile ?? []) : []))
            .filter((url) => contexts.has(url))
            .map((url) => ({
              name,
              url,
              at: path.replace(/\.(?:modifierE|e)xtension$/u, '').replace(/(\.item)+$/u, '.item'),
            })),
        ),
      );
    // An item in an item is the same element of R4.
    expect(placed.length).toBeGreaterThan(20);
    expect(placed.filter(({ url, at }) => contexts.get(url)?.includes(at) !== true)).toEqual([]);
  });

  it('would be found lacking without them', () => {
    const [task] = shown.filter(({ resourceType }) => resourceType === 'Task');
    const { owner: _owner, ...without } = task as unknown as Record<string, unknown>;
    const profile = profileOf({ meta: task?.meta });
    expect(faults({ ...without, intent: 'plan' }, profile)).toEqual([
      expect.stringContaining('Task.intent'),
      expect.stringContaining('Task.owner'),
    ]);
  });
});

function profileOf(resource: { readonly meta?: Meta | undefined }): StructureDefinition {
  const found = ofType<StructureDefinition>('StructureDefinition').find(
    ({ url }) => url === resource.meta?.profile?.[0],
  );
  if (!found) throw new Error(`No profile ${resource.meta?.profile?.[0]}`);
  return found;
}

/** Where a resource's own elements do not keep to what its profile adds to R4. Elements deeper down are not looked at. */
function faults(resource: object, profile: StructureDefinition): string[] {
  const elements = profile.differential?.element ?? [];
  const ownExtensions = elements.flatMap(({ type }) => type?.flatMap((one) => one.profile ?? []) ?? []);
  return elements.flatMap((element) => {
    const [, name, deeper] = element.path.split('.');
    if (name === undefined || deeper !== undefined || element.sliceName !== undefined) return [];
    const value: unknown = Object.entries(resource).find(([key]) => key === name)?.[1];
    const values: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
    if (name === 'extension')
      return values
        .map((extension) => (extension as { url: string }).url)
        .filter((url) => url.startsWith('https://hemgang.example') && !ownExtensions.includes(url))
        .map((url) => `${element.path}: ${url} is not of the profile`);
    return faultsOfElement(element, values);
  });
}

function faultsOfElement(element: ElementDefinition, values: readonly unknown[]): string[] {
  const { path, min = 0, max = '*', patternCode, patternCodeableConcept, patternCoding } = element;
  const most = max === '*' ? Number.POSITIVE_INFINITY : Number(max);
  const pattern = patternCode ?? patternCodeableConcept ?? patternCoding;
  return [
    ...(values.length < min || values.length > most ? [`${path}: ${values.length}, not ${min}..${max}`] : []),
    ...(pattern === undefined
      ? []
      : values
          .filter((value) => !matches(value, pattern))
          .map((value) => `${path}: ${JSON.stringify(value)}`)),
  ];
}

/** Whether the value has at least what the pattern has. @see https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_ */
function matches(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern))
    return Array.isArray(value) && pattern.every((each) => value.some((one) => matches(one, each)));
  if (typeof pattern === 'object' && pattern !== null)
    return (
      typeof value === 'object' &&
      value !== null &&
      Object.entries(pattern).every(([key, each]) => matches(new Map(Object.entries(value)).get(key), each))
    );
  return value === pattern;
}
