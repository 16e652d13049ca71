import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { HsaId } from '../../process/vocabulary.js';
import { identifierSystems } from '../../projection/codes/codes.js';
import { practitionerRoleId } from '../../projection/identity.js';
import { referenceToken } from '../../projection/search-tokens.js';
import { readReference } from '../submitted/read-reference.js';
import type { Submitted } from '../submitted/submitted.js';
import { idIn } from '../write/catalogue-references.js';
import { sorts } from './ordering.js';
import type { ListFilter, ListSort } from './ordering.js';

/** What a client asks of the list. */
export type WorkListQuestion = {
  readonly filter: ListFilter;
  readonly units: readonly HsaId[];
  /** Index entries of the contact, any of them; none where any contact will do. */
  readonly contact: readonly string[];
  /** The user looks: what is shown is no longer changed. */
  readonly looking: boolean;
  readonly count: number;
  readonly offset: number;
};

/** A name or number is not longer; comparing costs in proportion to it. */
const longestText = 100;

/** What a list can be asked, each parameter once. The text is not kept, so a number is taken in it. */
export function readWorkListQuestion(
  sent: Submitted<Parameters>,
  { units, actor }: Pick<AccessContext, 'units' | 'actor'>,
  pages: { readonly usual: number; readonly most: number },
): WorkListQuestion {
  let sort: ListSort = 'changed';
  let text: string | undefined;
  let todo = false;
  let looking = false;
  let contact: readonly string[] | undefined;
  let asked = units;
  let { usual: count } = pages;
  let offset = 0;
  const seen = new Set<string>();
  for (const parameter of sent.children('parameter')) {
    const name = parameter.value('name');
    if (seen.has(name)) {
      parameter.takeAll();
      parameter.fault('parameter-repeated', '', { parameter: name });
      continue;
    }
    seen.add(name);
    switch (name) {
      case 'sort':
        sort = readSort(parameter) ?? sort;
        break;
      case 'text':
        text = readText(parameter);
        break;
      case 'todo':
        todo = parameter.value('valueBoolean') ?? expected(parameter, 'valueBoolean') ?? false;
        break;
      case 'looking':
        looking = readLooking(parameter, actor !== undefined) ?? false;
        break;
      case 'contact':
        contact = readContact(parameter, actor === undefined ? units : [actor.unit]);
        break;
      case 'unit':
        asked = readUnit(parameter, units) ?? asked;
        break;
      case 'count':
        count = Math.min(
          parameter.value('valuePositiveInt') ?? expected(parameter, 'valuePositiveInt') ?? count,
          pages.most,
        );
        break;
      case 'offset':
        offset = parameter.value('valueUnsignedInt') ?? expected(parameter, 'valueUnsignedInt') ?? offset;
        break;
      default:
        parameter.takeAll();
        parameter.fault('unknown-operation-parameter');
    }
  }
  return {
    filter: { sort, ...(text === undefined ? {} : { text }), todo, contact: contact !== undefined },
    units: asked,
    contact: contact ?? [],
    looking,
    count,
    offset,
  };
}

type Parameter = Submitted<ParametersParameter>;

const expected = (parameter: Parameter, what: string): undefined =>
  parameter.fault('value-not-taken', '', { expected: what });

function readSort(parameter: Parameter): ListSort | undefined {
  const code = parameter.value('valueCode');
  return sorts.find((each) => each === code) ?? expected(parameter, `valueCode: ${sorts.join(', ')}`);
}

function readText(parameter: Parameter): string | undefined {
  const text = parameter.value('valueString');
  if (text === undefined) return expected(parameter, 'valueString');
  return text.length > longestText
    ? expected(parameter, `valueString of at most ${longestText} characters`)
    : text;
}

/** VIEW-4: of a user alone; a system looks at nothing. */
const readLooking = (parameter: Parameter, isUser: boolean): boolean | undefined => {
  const looking = parameter.value('valueBoolean');
  if (looking === undefined) return expected(parameter, 'valueBoolean');
  return looking && !isUser ? expected(parameter, 'false, of a system') : looking;
};

/** As the CareTeam names a contact, or by HSA-id: then at one of the units that ask. */
function readContact(parameter: Parameter, units: readonly HsaId[]): readonly string[] | undefined {
  const sent = parameter.child('valueReference');
  const reference = readReference(sent, 'PractitionerRole', 'Practitioner');
  const role = idIn(reference, 'PractitionerRole');
  const { system, value } = reference?.identifier ?? {};
  if (role !== undefined) return [referenceToken('participant', 'PractitionerRole', role)];
  if (reference?.reference !== undefined || system !== identifierSystems.hsa || value === undefined)
    return expected(
      parameter,
      `valueReference: PractitionerRole/[id], or an identifier of ${identifierSystems.hsa}`,
    );
  return units.map((unit) =>
    referenceToken('participant', 'PractitionerRole', practitionerRoleId(value, unit)),
  );
}

/** ORG-6: one of the units of the token. */
function readUnit(parameter: Parameter, units: readonly HsaId[]): readonly HsaId[] | undefined {
  const sent = parameter.child('valueReference');
  const { identifier } = readReference(sent, 'Organization') ?? {};
  const found =
    identifier?.system === identifierSystems.hsa && units.find((unit) => unit === identifier.value);
  return found
    ? [found]
    : expected(
        parameter,
        `valueReference with an identifier of ${identifierSystems.hsa}: a unit of the token`,
      );
}
