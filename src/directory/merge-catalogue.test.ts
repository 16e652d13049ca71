import { describe, expect, it } from '@jest/globals';
import { personAt, sample, sampleOrganisation, unitOf } from '../../test/support/organisation.js';
import { LiveDirectory } from './live-directory.js';
import { mergeCatalogue } from './merge-catalogue.js';
import type { CataloguePractitioner, CatalogueUnit, StaffRules } from './catalogue.js';

const physician = `SE${sample.region}-P7`;
const assessor = `SE${sample.municipality}-P8`;
const base = sampleOrganisation();
const file = sampleOrganisation({
  roles: { ...base.roles, physician: { name: 'Läkare', licensed: true, titles: ['204010', '204090'] } },
  units: base.units.map((unit) =>
    unit.hsaId === sample.ward ? { ...unit, roles: { ...unit.roles, physician: ['read', 'sign'] } } : unit,
  ),
  people: [
    { ...personAt(sample.ward, ['204010'], 'P7') },
    { ...personAt(sample.inbox, ['Sjuksköterska'], 'P8') },
  ],
});
const careUnit = `SE${sample.region}-S1`;
const readAt = '2026-03-02T08:00:00.000Z';
const told = (changes: Partial<CataloguePractitioner> = {}): CataloguePractitioner => ({
  practitioner: physician,
  found: true,
  protectedPerson: false,
  name: { given: 'Ny', surname: 'Namnsson' },
  titles: ['204010'],
  licences: ['Läkare'],
  assignments: [{ hsaId: `SE${sample.region}-AP7`, unit: careUnit, purpose: 'Vård och behandling' }],
  readAt,
  ...changes,
});

function merged(
  practitioners: readonly CataloguePractitioner[],
  units: readonly CatalogueUnit[] = [],
  {
    source = 'merged',
    now = '2026-03-02T09:00:00.000Z',
  }: { source?: StaffRules['source']; now?: string } = {},
) {
  const catalogue = {
    units: new Map(units.map((each) => [each.unit, each])),
    practitioners: new Map(practitioners.map((each) => [each.practitioner, each])),
  };
  const result = mergeCatalogue(
    file,
    catalogue,
    { source, longestAgeMilliseconds: 24 * 3_600_000 },
    new Date(now),
  );
  return { ...result, directory: new LiveDirectory(result.organisation) };
}

describe('staff', () => {
  it('ORG-1: the catalogue names a person, and the file says at which ward of the care unit the assignment is', () => {
    const { directory } = merged([told()]);
    expect(directory.person(physician)).toMatchObject({ given: 'Ny', surname: 'Namnsson' });
    expect(directory.actor(physician, sample.ward)).toMatchObject({ role: 'physician', licensed: true });
  });

  it('ACC-7: a title, an assignment or a person that the catalogue has no more opens nothing', () => {
    for (const gone of [{ titles: [] }, { titles: ['999999'] }, { assignments: [] }, { found: false }])
      expect(merged([told(gone)]).directory.actors(physician, sample.ward)).toEqual([]);
  });

  it('ORG-1: a title the file does not list at the assignment is not held there', () => {
    const { directory } = merged([told({ titles: ['204090'] })]);
    expect(directory.actors(physician, sample.ward)).toEqual([]);
  });

  it('ACC-7: an assignment ends with its unit, at that moment', () => {
    const endsAt = '2026-03-02T12:00:00.000Z';
    const ending = told({ assignments: [{ ...told().assignments![0]!, endsAt }] });
    const before = merged([ending]);
    expect(before.directory.actors(physician, sample.ward)).toHaveLength(1);
    expect(before.until).toBe(endsAt);
    expect(merged([ending], [], { now: endsAt }).directory.actors(physician, sample.ward)).toEqual([]);
  });

  it('ACC-7: what was told holds so long, and from then on nobody gets in by it', () => {
    const { until } = merged([told()]);
    expect(until).toBe('2026-03-03T08:00:00.000Z');
    expect(merged([told()], [], { now: until! }).directory.actors(physician, sample.ward)).toEqual([]);
  });

  it('ORG-9: without a licence in the catalogue nobody is licensed, whatever the role', () => {
    expect(merged([told({ licences: [] })]).directory.actor(physician, sample.ward)?.licensed).toBe(false);
  });

  it('ORG-3: an assignment in another organisation gives nothing; of another purpose, only what the file names', () => {
    const elsewhere = { hsaId: `SE${sample.municipality}-X`, unit: sample.homeNursing };
    const care = told({
      assignments: [...told().assignments!, { ...elsewhere, purpose: 'Vård och behandling' }],
    });
    expect(merged([care]).directory.person(physician)?.assignments).toHaveLength(1);
    const other = { hsaId: `SE${sample.region}-X`, unit: sample.healthCentre };
    const given = (purpose: string) =>
      merged([told({ assignments: [...told().assignments!, { ...other, purpose }] })])
        .directory.person(physician)
        ?.assignments.map(({ unit }) => unit);
    expect(given('Vård och behandling')).toEqual([sample.ward, sample.healthCentre]);
    expect(given('STATISTIK')).toEqual([sample.ward]);
  });

  it('ORG-1: at a unit that belongs to no care unit the assignments of the file stand while the person does', () => {
    const nobody = told({ practitioner: assessor, titles: [], assignments: [] });
    const inbox: CatalogueUnit = { unit: sample.inbox, found: true };
    expect(merged([nobody], [inbox]).directory.actors(assessor, sample.inbox)).toHaveLength(1);
    expect(
      merged([nobody], [{ ...inbox, healthCareUnit: careUnit }]).directory.actors(assessor, sample.inbox),
    ).toEqual([]);
    expect(merged([{ ...nobody, found: false }], [inbox]).directory.actors(assessor, sample.inbox)).toEqual(
      [],
    );
  });

  it.each([
    ['file', 1, 1],
    ['merged', 0, 1],
    ['catalogue', 0, 0],
  ] as const)(
    'ORG-1: by %s, who was withdrawn has %d roles and who was never read %d',
    (source, withdrawn, unread) => {
      const { directory } = merged([told({ titles: [] })], [], { source });
      expect(directory.actors(physician, sample.ward)).toHaveLength(withdrawn);
      expect(directory.actors(assessor, sample.inbox)).toHaveLength(unread);
    },
  );

  it.each([true, undefined])('a person whose protection is %s is protected', (protectedPerson) => {
    const { name: _name, protectedPerson: _said, ...rest } = told();
    const { directory } = merged([{ ...rest, ...(protectedPerson && { protectedPerson }) }]);
    expect(directory.person(physician)?.protectedPerson).toBe(true);
    expect(directory.actors(physician, sample.ward)).toHaveLength(1);
  });
});

describe('staff whom the file has as protected', () => {
  it('are, before the catalogue has said anything and whatever it says', () => {
    const people = file.people.map((person) => ({ ...person, protectedPerson: true }));
    for (const practitioners of [[], [told()]])
      expect(
        mergeCatalogue(
          { ...file, people },
          {
            units: new Map(),
            practitioners: new Map(practitioners.map((each) => [each.practitioner, each])),
          },
          { source: 'merged', longestAgeMilliseconds: 3_600_000 },
          new Date(readAt),
        ).organisation.people.find(({ hsaId }) => hsaId === physician)?.protectedPerson,
      ).toBe(true);
  });
});

describe('staff no longer known', () => {
  it('who was never read there is protected where nobody counts without the catalogue', () => {
    expect(merged([], [], { source: 'catalogue' }).directory.person(assessor)?.protectedPerson).toBe(true);
    expect(merged([]).directory.person(assessor)?.protectedPerson).toBeUndefined();
  });

  it('of whom the catalogue has said nothing for too long is protected: what it would say now is not known', () => {
    const { until } = merged([told()]);
    expect(merged([told()]).directory.person(physician)?.protectedPerson).toBeUndefined();
    const { directory } = merged([told()], [], { now: until! });
    expect(directory.person(physician)?.protectedPerson).toBe(true);
  });

  it('who the catalogue no longer knows is protected: the name in the file does not come back', () => {
    const gone = { practitioner: physician, found: false, readAt };
    expect(merged([gone]).directory.person(physician)?.protectedPerson).toBe(true);
  });
});

describe('units', () => {
  const ward: CatalogueUnit = { unit: sample.ward, found: true, name: 'Nytt namn' };

  it('ORG-1: a unit is called what the catalogue calls it', () => {
    const { directory, missing } = merged([], [ward]);
    expect(directory.unit(sample.ward)).toMatchObject({ name: 'Nytt namn', active: true });
    expect(missing).toEqual([]);
  });

  it.each([
    ['not known', { unit: sample.ward, found: false }, 'unknown'],
    ['archived', { ...ward, archived: true }, 'closed'],
    ['ended', { ...ward, endsAt: '2026-03-02T09:00:00.000Z' }, 'closed'],
  ] as const)('ACC-7: a unit that is %s in the catalogue is inactive, and told', (_what, copy, why) => {
    const { directory, missing } = merged([], [copy]);
    expect(directory.unit(sample.ward)?.active).toBe(false);
    expect(directory.actors(physician, sample.ward)).toEqual([]);
    expect(missing).toEqual([{ unit: sample.ward, why }]);
  });

  it('ORG-7: a closed inbox receives nothing', () => {
    const closed: CatalogueUnit = { unit: sample.inbox, found: true, archived: true };
    expect(merged([], [closed]).directory.inboxes('3901')).toEqual([sample.homeNursing]);
    const both = [closed, { ...closed, unit: sample.homeNursing }];
    expect(merged([], both).directory.inboxes('3901')).toEqual([]);
  });

  it('a unit that the file has inactive is not missing', () => {
    const inactive = { ...file, units: [...file.units, unitOf(sample.region, 'W9', { active: false })] };
    const result = mergeCatalogue(
      inactive,
      {
        units: new Map([[`SE${sample.region}-W9`, { unit: `SE${sample.region}-W9`, found: false }]]),
        practitioners: new Map(),
      },
      { source: 'merged', longestAgeMilliseconds: 1 },
      new Date(),
    );
    expect(result.missing).toEqual([]);
  });
});
