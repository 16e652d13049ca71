import type { Extension, Organization } from 'fhir/r4.js';
import type { Responsibility } from '../../process/vocabulary.js';
import {
  codeSystems,
  coding,
  concept,
  extensions,
  foreignCanonicals,
  foreignSystems,
  identifierSystems,
} from '../codes/codes.js';
import { directoryId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import { organizationReference } from '../references.js';
import {
  codeToken,
  conceptTokens,
  identifierTokens,
  referenceTokens,
  stringTokens,
} from '../search-tokens.js';
import type { ShownDirectory, ShownProvider, ShownUnit } from './directory-view.js';

const hsaIdentifierOf = (hsaId: string) => ({
  type: { coding: [{ system: foreignSystems.identifierType, code: 'PRN' }] },
  system: identifierSystems.hsa,
  value: hsaId,
});

/** ORG-10: who is bound by weaker secrecy is marked as such in `type`, by itself and at each of its units, so that who adds one sees it. */
const secrecyOf = (provider: ShownProvider | undefined) =>
  provider?.weakerSecrecy === true ? [concept(codeSystems.secrecy, 'weaker')] : [];

/** A care provider (vårdgivare), the secrecy domain (ORG-3), as SEBaseOrganization. */
export function renderProvider(provider: ShownProvider): RenderedResource {
  return rendered({
    resourceType: 'Organization',
    id: directoryId(provider.hsaId),
    meta: { profile: [foreignCanonicals.seBaseOrganization] },
    identifier: [
      hsaIdentifierOf(provider.hsaId),
      {
        type: { coding: [{ system: foreignSystems.identifierType, code: 'XX' }] },
        system: identifierSystems.organisationNumber,
        value: provider.organisationNumber,
      },
    ],
    active: true,
    ...(secrecyOf(provider).length > 0 ? { type: secrecyOf(provider) } : {}),
    name: provider.name,
  });
}

/**
 * A unit as SEBaseOrganization: `type` is its side, whether weaker secrecy binds it (ORG-10), and, of a receiving unit, the kinds of service it answers for (ORG-7), `partOf` the unit above it or its provider; each active role with what it may
 * do is an extension, so that a client can tell whose turn it is (ORG-13).
 */
export function renderUnit(
  unit: ShownUnit,
  { providers, roles, municipalities }: Omit<ShownDirectory, 'units' | 'people'>,
): RenderedResource {
  const active = Object.entries(unit.roles).sort(([one], [other]) => (one < other ? -1 : 1));
  const provider = providers.find((one) => one.organisationNumber === unit.organisationNumber);
  const parent = unit.parent ?? provider?.hsaId;
  const inboxes = municipalities.flatMap((municipality) => municipality.inboxes);
  const services = new Set(inboxes.filter((one) => one.unit === unit.hsaId).flatMap(({ serves }) => serves));
  return rendered({
    resourceType: 'Organization',
    id: directoryId(unit.hsaId),
    meta: { profile: [foreignCanonicals.seBaseOrganization] },
    ...(active.length > 0
      ? { extension: active.map(([role, may]) => activeRole(role, roles[role]?.name, may)) }
      : {}),
    identifier: [hsaIdentifierOf(unit.hsaId)],
    active: unit.active,
    type: [
      concept(codeSystems.side, unit.side),
      ...[...services].map((each) => concept(codeSystems.service, each)),
      ...secrecyOf(provider),
    ],
    name: unit.name,
    ...(unit.telephone === undefined ? {} : { telecom: [{ system: 'phone', value: unit.telephone }] }),
    ...(parent === undefined || parent === unit.hsaId ? {} : { partOf: organizationReference(parent) }),
  });
}

/** A role of the directory, and its responsibilities at a unit. */
const activeRole = (code: string, name: string | undefined, may: readonly Responsibility[]): Extension => ({
  url: extensions.activeRole,
  extension: [
    {
      url: 'role',
      valueCoding: {
        system: codeSystems.role.system,
        code,
        ...(name === undefined ? {} : { display: name }),
      },
    },
    ...may.map((each) => ({ url: 'may', valueCoding: coding(codeSystems.responsibility, each) })),
  ],
});

function rendered(content: Organization & { id: string }): RenderedResource {
  return {
    content,
    needs: 'none',
    draft: false,
    tokens: [
      ...(content.identifier ?? []).flatMap((identifier) => identifierTokens('identifier', identifier)),
      ...stringTokens('name', content.name ?? ''),
      codeToken('active', String(content.active ?? true)),
      ...(content.type ?? []).flatMap((type) => conceptTokens('type', type)),
      ...(content.partOf ? referenceTokens('partof', content.partOf) : []),
    ],
  };
}
