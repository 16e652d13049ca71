import type { Organisation } from '../organisation.js';
import { repeated, type Fault } from './fault.js';

/** ORG-1: a title leads to one role at most, so that no role depends on the order of reading. */
export function checkRoles({ roles }: Organisation): Fault[] {
  const titles = Object.values(roles).flatMap((role) => role.titles);
  return repeated(titles).map((title) => ({
    rule: 'ORG-1',
    about: `title ${title}`,
    problem: `leads to more than one role: ${Object.keys(roles)
      .filter((name) => roles[name]?.titles.includes(title))
      .join(', ')}`,
  }));
}

/** ORG-1, ORG-3: people work at known units of one organisation, under titles they hold and that lead to a role. */
export function checkPeople({ people, units, roles }: Organisation): Fault[] {
  const unitsById = new Map(units.map((unit) => [unit.hsaId, unit]));
  const titles = new Set(Object.values(roles).flatMap((role) => role.titles));
  return people.flatMap((person) => {
    const faults: Fault[] = [];
    const organisations = new Set<string>();
    for (const { hsaId, unit: unitId, titles: held } of person.assignments) {
      const about = `assignment ${hsaId} of ${person.hsaId}`;
      const unit = unitsById.get(unitId);
      if (unit) organisations.add(unit.organisationNumber);
      else faults.push({ rule: 'ORG-1', about, problem: `the unit ${unitId} is unknown` });
      for (const title of held) {
        if (!person.titles.includes(title))
          faults.push({ rule: 'ORG-1', about, problem: `the person does not hold the title ${title}` });
        if (!titles.has(title))
          faults.push({ rule: 'ORG-1', about, problem: `the title ${title} leads to no role` });
      }
    }
    if (organisations.size > 1)
      faults.push({
        rule: 'ORG-3',
        about: `person ${person.hsaId}`,
        problem: `is assigned to units of more than one organisation number: ${[...organisations].join(', ')}`,
      });
    return faults;
  });
}
