import type { Responsibility } from '../../process/vocabulary.js';
import { isHsaId } from '../hsa-id.js';
import type { Organisation, Unit } from '../organisation.js';
import { isOrganisationNumber } from '../organisation-number.js';
import { named, repeated, type Fault } from './fault.js';

/** ORG-3: organisations and their secrecy. ORG-10: weaker secrecy goes with the side `other`, and only with that. */
export function checkProviders({ providers, units }: Organisation): Fault[] {
  const badNumbers = providers
    .filter(({ organisationNumber }) => !isOrganisationNumber(organisationNumber))
    .map((provider) => ({
      rule: 'ORG-3',
      about: named(provider),
      problem: `${provider.organisationNumber} is not an organisation number`,
    }));
  const twice = repeated(providers.map(({ organisationNumber }) => organisationNumber)).map((number) => ({
    rule: 'ORG-3',
    about: `organisation number ${number}`,
    problem: 'stands for more than one organisation',
  }));
  const noPolicy = providers.flatMap((provider) => {
    const ofProvider = units.filter(
      ({ organisationNumber }) => organisationNumber === provider.organisationNumber,
    );
    const hospital = ofProvider.find(({ side, active }) => active && side === 'hospital');
    return hospital && provider.policy === undefined
      ? [
          {
            rule: 'ORG-11',
            about: named(hospital),
            problem: `its organisation ${named(provider)} has no policy`,
          },
        ]
      : [];
  });
  return [...badNumbers, ...twice, ...noPolicy];
}

/** Each unit by itself and against its organisation and roles (ORG-2, ORG-3, ORG-10, ORG-11). */
export function checkUnits(organisation: Organisation): Fault[] {
  const providers = new Map(organisation.providers.map((one) => [one.organisationNumber, one]));
  const parents = new Set(organisation.units.map(({ parent }) => parent));
  return organisation.units.flatMap((unit) => {
    const faults: Fault[] = [];
    const fault = (rule: string, problem: string) => faults.push({ rule, about: named(unit), problem });

    const provider = providers.get(unit.organisationNumber);
    if (!provider) fault('ORG-3', `no organisation has the number ${unit.organisationNumber}`);
    if (provider && (provider.weakerSecrecy ?? false) !== (unit.side === 'other'))
      fault('ORG-10', 'weaker secrecy goes with the side "other", and only with that');

    const roles = Object.entries(unit.roles);
    for (const [role, responsibilities] of roles) {
      const known = Object.hasOwn(organisation.roles, role) ? organisation.roles[role] : undefined;
      if (!known) fault('ORG-2', `the role "${role}" is not among the roles`);
      if (known && responsibilities.length === 0 && !known.reviewsLog)
        fault('ORG-2', `the role "${role}" has no responsibility`);
      if (responsibilities.length > 0 && !responsibilities.includes('read'))
        fault('ORG-2', `the role "${role}" acts without being allowed to read`);
    }
    if (unit.active && roles.length > 0 && !canAcknowledge(unit)) fault('ORG-11', 'no role can acknowledge');
    if (unit.active && roles.length === 0 && !parents.has(unit.hsaId))
      fault('ORG-11', 'it has no roles and groups no other units');
    return faults;
  });
}

const some = ({ roles }: Unit, responsibility: Responsibility): boolean =>
  Object.values(roles).some((responsibilities) => responsibilities.includes(responsibility));

/** True when one of the unit's active roles may acknowledge (ORG-2). */
export const canAcknowledge = (unit: Unit): boolean => some(unit, 'acknowledge');

/** True when one of the unit's active roles may write (ORG-2). */
export const canWrite = (unit: Unit): boolean => some(unit, 'write');

/** ORG-3, ORG-11: parents are there and active, belong to the same organisation, and lead to a root. */
export function checkTree({ units }: Organisation): Fault[] {
  const byId = new Map(units.map((unit) => [unit.hsaId, unit]));
  const circular = inCycles(byId, ({ parent }) => parent);
  return units.flatMap((unit) => {
    if (unit.parent === undefined) return [];
    const about = named(unit);
    const parent = byId.get(unit.parent);
    if (!parent) return [{ rule: 'ORG-11', about, problem: `its parent ${unit.parent} is unknown` }];
    const faults: Fault[] = [];
    if (parent.organisationNumber !== unit.organisationNumber)
      faults.push({
        rule: 'ORG-3',
        about,
        problem: `its parent ${named(parent)} is of another organisation number`,
      });
    if (unit.active && !parent.active)
      faults.push({ rule: 'ORG-11', about, problem: `its parent ${named(parent)} is not active` });
    if (circular.has(unit.hsaId))
      faults.push({ rule: 'ORG-11', about, problem: 'it is its own ancestor (a cycle)' });
    return faults;
  });
}

/** The units whose chain of parents leads back to themselves. Each unit is visited once, however long the chains. */
function inCycles(
  byId: ReadonlyMap<string, Unit>,
  after: (unit: Unit) => string | undefined,
): ReadonlySet<string> {
  const walked = new Set<string>();
  const circular = new Set<string>();
  for (const start of byId.keys()) {
    const way: string[] = [];
    const places = new Map<string, number>();
    let next: string | undefined = start;
    while (next !== undefined && !walked.has(next)) {
      walked.add(next);
      places.set(next, way.push(next) - 1);
      const unit = byId.get(next);
      next = unit && after(unit);
    }
    const closed = next === undefined ? undefined : places.get(next);
    if (closed !== undefined) for (const each of way.slice(closed)) circular.add(each);
  }
  return circular;
}

/** SVU-25, ORG-3: what takes over a ward's cases is another ward of the same organisation, and the chain of them ends. */
export function checkReplacements({ units }: Organisation): Fault[] {
  const byId = new Map(units.map((unit) => [unit.hsaId, unit]));
  const circular = inCycles(byId, ({ replacedBy }) => replacedBy);
  return units.flatMap((unit) => {
    if (unit.replacedBy === undefined) return [];
    const about = named(unit);
    const other = byId.get(unit.replacedBy);
    if (!other)
      return [{ rule: 'ORG-11', about, problem: `the unit ${unit.replacedBy} that replaces it is unknown` }];
    const faults: Fault[] = [];
    if (other.organisationNumber !== unit.organisationNumber)
      faults.push({
        rule: 'ORG-3',
        about,
        problem: `${named(other)} that replaces it is of another organisation number`,
      });
    if (!isWard(unit) || !isWard(other))
      faults.push({ rule: 'SVU-25', about, problem: `only a ward is replaced, by a ward: ${named(other)}` });
    if (circular.has(unit.hsaId))
      faults.push({ rule: 'ORG-11', about, problem: 'it is replaced by itself in the end (a cycle)' });
    return faults;
  });
}

const isWard = ({ kind }: Unit): boolean => kind === 'ward' || kind === 'emergency-ward';

/** ORG-1: every HSA-id has the form of one and stands for one thing. Letter case does not tell two apart. */
export function checkHsaIds({ providers, units, people }: Organisation): Fault[] {
  const owners = [
    ...providers.map((one) => ({ hsaId: one.hsaId, about: named(one) })),
    ...units.map((one) => ({ hsaId: one.hsaId, about: named(one) })),
    ...people.flatMap((person) => [
      { hsaId: person.hsaId, about: `person ${person.hsaId}` },
      ...person.assignments.map(({ hsaId }) => ({ hsaId, about: `assignment ${hsaId} of ${person.hsaId}` })),
    ]),
  ];
  const malformed = owners
    .filter(({ hsaId }) => !isHsaId(hsaId))
    .map(({ hsaId, about }) => ({ rule: 'ORG-1', about, problem: `${hsaId} is not an HSA-id` }));
  const duplicates = repeated(owners.map(({ hsaId }) => hsaId.toUpperCase())).map((hsaId) => ({
    rule: 'ORG-11',
    about: owners
      .filter((one) => one.hsaId.toUpperCase() === hsaId)
      .map(({ about }) => about)
      .join(' and '),
    problem: `the HSA-id ${hsaId} is used more than once`,
  }));
  return [...malformed, ...duplicates];
}
