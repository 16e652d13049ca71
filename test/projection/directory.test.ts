import type { Organization, PractitionerRole } from 'fhir/r4.js';
import { extensions } from '../../src/projection/codes/codes.js';
import type { ShownDirectory } from '../../src/projection/directory/directory-view.js';
import { projectDirectory } from '../../src/projection/directory/directory.js';
import { listedEntry } from '../../src/projection/directory/practitioner.js';
import { directoryId, nameBasedUuid, practitionerRoleId } from '../../src/projection/identity.js';
import { searchParameter } from '../../src/projection/search-parameters.js';
import { stringToken, stringTokens } from '../../src/projection/search-tokens.js';
import { r4Faults } from '../support/r4-resources.js';

const provider = { organisationNumber: '2321000255', name: 'Region Söderåsen', hsaId: 'SE2321000255-A001' };
const directory: ShownDirectory = {
  roles: { nurse: { name: 'Sjuksköterska', titles: ['206010'] } },
  providers: [provider],
  units: [
    {
      hsaId: 'SE2321000255-W101',
      name: 'Avdelning 12, medicin',
      organisationNumber: '2321000255',
      side: 'hospital' as const,
      kind: 'ward',
      roles: { nurse: ['read', 'write', 'acknowledge'], administrator: ['read'] },
      telephone: '044-12 34 56',
      active: true,
    },
    {
      hsaId: 'SE2321000255-V201',
      name: 'Vårdcentralen Åsen',
      organisationNumber: '2321000255',
      parent: 'SE2321000255-A001',
      side: 'outpatient' as const,
      kind: 'health-centre',
      roles: {},
      active: false,
    },
  ],
  municipalities: [
    { inboxes: [{ unit: 'SE2321000255-V201', serves: ['home-nursing', 'rehabilitation'] }] },
    { inboxes: [{ unit: 'SE2321000255-V201', serves: ['home-nursing'] }] },
  ],
  people: [
    {
      hsaId: 'SE2321000255-P001',
      given: 'Anna',
      surname: 'Andersson-Ek',
      assignments: [
        { hsaId: 'SE2321000255-M001', unit: 'SE2321000255-W101', titles: ['206010'] },
        { hsaId: 'SE2321000255-M002', unit: 'SE2321000255-W101', titles: ['Vårdplanerare'] },
        { hsaId: 'SE2321000255-M003', unit: 'SE2321000255-V201', titles: ['206010'] },
      ],
    },
  ],
};
const rendered = projectDirectory(directory);
const byId = (type: string, id: string) =>
  rendered.find(({ content }) => content.resourceType === type && content.id === id);

describe('the directory', () => {
  it('is valid FHIR R4, open to every authenticated caller', () => {
    expect(rendered.map(({ content }) => content.resourceType)).toEqual([
      'Organization',
      'Organization',
      'Organization',
      'Location',
      'Practitioner',
      'PractitionerRole',
      'PractitionerRole',
    ]);
    for (const resource of rendered) {
      expect(r4Faults(resource.content)).toEqual([]);
      expect(resource).not.toHaveProperty('scope');
      expect([resource.needs, resource.draft]).toEqual(['none', false]);
    }
  });

  it('ORG-10: who is bound by weaker secrecy is marked as such, the organisation and its units, and nobody else', () => {
    const marked = (weakerSecrecy: boolean) =>
      projectDirectory({ ...directory, providers: [{ ...provider, weakerSecrecy }] })
        .map(({ content }) => content as Organization)
        .filter(({ resourceType }) => resourceType === 'Organization')
        .map(({ type = [] }) => type.flatMap(({ coding = [] }) => coding.map(({ code }) => code)))
        .filter((codes) => codes.includes('weaker'));
    expect(marked(true)).toHaveLength(directory.providers.length + directory.units.length);
    expect(marked(false)).toEqual([]);
  });

  it('ORG-7: a receiving unit shows the kinds of service it answers for', () => {
    const shown = byId('Organization', directoryId('SE2321000255-V201'));
    const codes = (shown?.content as Organization | undefined)?.type?.map(({ coding }) => coding?.[0]?.code);
    expect(codes).toEqual(['outpatient', 'home-nursing', 'rehabilitation']);
    expect(shown?.tokens.filter((token) => token.endsWith('|home-nursing'))).not.toEqual([]);
  });

  it('is indexed by the table of search parameters only', () => {
    const unknown = rendered.flatMap(({ content, tokens }) =>
      tokens
        .filter((token) => token !== listedEntry)
        .map((token) => token.split('|')[0]?.replace(/:(identifier|exact)$/u, '') ?? '')
        .filter((name) => searchParameter(content.resourceType, name) === undefined),
    );
    expect(unknown).toEqual([]);
  });

  it('ORG-1: a person is one PractitionerRole at each unit, with the assignments, titles and roles there', () => {
    const role = byId('PractitionerRole', practitionerRoleId('SE2321000255-P001', 'SE2321000255-W101'));
    expect(role?.content).toMatchObject({
      identifier: [{ value: 'SE2321000255-M001' }, { value: 'SE2321000255-M002' }],
      practitioner: { reference: `Practitioner/${directoryId('SE2321000255-P001')}` },
    });
    const codes = (role?.content as PractitionerRole | undefined)?.code;
    expect(codes?.map((code) => code.coding?.[0]?.code ?? code.text)).toEqual([
      'nurse',
      '206010',
      'Vårdplanerare',
    ]);
    expect(role?.tokens).toContain('role|urn:oid:1.2.752.129.2.2.1.4#206010');
  });

  it('ORG-3: a unit is part of the unit above it, or of its provider', () => {
    const parents = directory.units.map(
      ({ hsaId }) => (byId('Organization', directoryId(hsaId))?.content as Organization | undefined)?.partOf,
    );
    expect(parents.map((parent) => parent?.identifier?.value)).toEqual([provider.hsaId, provider.hsaId]);
  });

  it('ORG-13: a unit is shown with its active roles, and what each of them may do', () => {
    const [ward, centre] = ['SE2321000255-W101', 'SE2321000255-V201'].map(
      (unit) =>
        projectDirectory(directory).find(({ content }) => content.id === directoryId(unit))
          ?.content as Organization,
    );
    const shown = (ward?.extension ?? []).map(({ url, extension = [] }) => [
      url,
      ...extension.map(({ valueCoding }) => valueCoding?.display ?? valueCoding?.code),
    ]);
    expect(shown).toEqual([
      [extensions.activeRole, 'administrator', 'Läsa'],
      [extensions.activeRole, 'Sjuksköterska', 'Läsa', 'Skriva', 'Kvittera'],
    ]);
    expect(centre).not.toHaveProperty('extension');
  });

  it('shows a provider that is listed as a unit too once', () => {
    const twice = {
      ...directory,
      units: [...directory.units, { ...directory.units[0]!, hsaId: provider.hsaId }],
    };
    const ids = projectDirectory(twice).map(({ content }) => `${content.resourceType}/${content.id}`);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('ids', () => {
  it('are UUIDs of version 5, as RFC 9562 gives them', () => {
    // The DNS namespace and the name of the RFC's own example (appendix A.4).
    expect(nameBasedUuid('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('refuse a namespace that is no UUID', () => {
    expect(() => nameBasedUuid('svu', 'x')).toThrow(TypeError);
  });

  it('never change: stored ids depend on them', () => {
    expect(directoryId('SE2321000255-W101')).toBe('3ab5b557-2941-575e-8d9f-7cf780c12ba6');
    expect(practitionerRoleId('SE2321000255-P001', 'SE2321000255-W101')).toBe(
      '550502d0-7ef0-5ba6-a8ed-769d77594914',
    );
  });
});

describe('the index of a string', () => {
  it.each(['vård', 'VÅRDC', 'vardcentralen a', 'åsen', 'Vårdcentralen  Åsen', ' vårdcentralen ', 'ås'])(
    'finds what begins with %j, whole or by word, whatever case, accents and spaces',
    (search) => {
      expect(stringTokens('name', 'Vårdcentralen Åsen')).toContain(stringToken('name', search));
    },
  );

  it.each(['centralen', 'sen', 'vårdcentralen åsens'])('does not find %j', (search) => {
    expect(stringTokens('name', 'Vårdcentralen Åsen')).not.toContain(stringToken('name', search));
  });

  it('holds a long name to what is indexed', () => {
    const name = 'Samordningsenheten för vård och omsorg i hemmet i Söderåsens kommun';
    expect(stringTokens('name', name)).toContain(stringToken('name', name));
  });
});
