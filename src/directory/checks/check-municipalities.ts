import type { Municipality, Organisation } from '../organisation.js';
import { canAcknowledge, canWrite } from './check-units.js';
import { named, repeated, type Fault } from './fault.js';

/** ORG-7, ORG-11: each municipality has receiving units of its own that can take part. */
export function checkMunicipalities(organisation: Organisation): Fault[] {
  const twice = repeated(organisation.municipalities.map(({ code }) => code)).map((code) => ({
    rule: 'ORG-11',
    about: `municipality code ${code}`,
    problem: 'stands for more than one municipality',
  }));
  return [...twice, ...organisation.municipalities.flatMap((one) => checkMunicipality(one, organisation))];
}

function checkMunicipality(municipality: Municipality, { providers, units }: Organisation): Fault[] {
  const { code, organisationNumber, inboxes } = municipality;
  const faults: Fault[] = [];
  const fault = (rule: string, problem: string, unit?: string) =>
    faults.push({ rule, about: `${unit ? `${unit} of ` : ''}${municipality.name} (code ${code})`, problem });

  if (!/^\d{4}$/.test(code)) fault('ORG-7', 'a municipality code has four digits');
  if (!providers.some((provider) => provider.organisationNumber === organisationNumber))
    fault('ORG-3', `no organisation has the number ${organisationNumber}`);
  if (inboxes.length === 0) fault('ORG-11', 'it has no inbox');
  else if (inboxes.every(({ preselected }) => preselected === false))
    fault('ORG-11', 'it has no inbox that is preselected');
  for (const unit of repeated(inboxes.map(({ unit }) => unit))) fault('ORG-7', 'is an inbox twice', unit);

  for (const { unit: unitId, distributes } of inboxes) {
    const unit = units.find(({ hsaId }) => hsaId === unitId);
    if (!unit) {
      fault('ORG-11', 'is an inbox but unknown', unitId);
      continue;
    }
    if (unit.side !== 'municipality')
      fault('ORG-7', `is an inbox but on the side "${unit.side}", not the municipality's`, named(unit));
    if (unit.organisationNumber !== organisationNumber)
      fault('ORG-7', 'is an inbox but belongs to another organisation number', named(unit));
    if (!unit.active) fault('ORG-11', 'is an inbox but not active', named(unit));
    if (!canAcknowledge(unit)) fault('ORG-11', 'is an inbox but no role there can acknowledge', named(unit));
    if (distributes === true && !canWrite(unit))
      fault('ORG-11', 'is an inbox that distributes but no role there can write', named(unit));
  }
  return faults;
}
