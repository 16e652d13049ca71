import { describe, expect, it } from '@jest/globals';
import type { RegisterRecord } from '../messaging/contracts/facts.js';
import { identityHash } from './identity-hash.js';
import { isDeceased, protection } from './protection.js';
import { registerChanges } from './register-changes.js';

const record: RegisterRecord = {
  identifier: { type: 'personnummer', value: '193406129829' },
  protectedPerson: false,
  name: { given: 'Astrid', surname: 'Lindhage' },
  address: { line2: 'Hamngatan 4', postalCode: '99101', city: 'LJUNGÅSA' },
  municipalityCode: '3101',
};

describe('PAT-5: protection as the register tells it', () => {
  it.each<[string, RegisterRecord, string]>([
    ['not protected', record, 'none'],
    ['sekretessmarkering', { ...record, protectedPerson: true }, 'protected'],
    ['skyddad folkbokföring', { ...record, protectedPopulationRecord: true }, 'protected'],
    ['both', { ...record, protectedPerson: true, protectedPopulationRecord: true }, 'protected'],
    ['population record said not to be protected', { ...record, protectedPopulationRecord: false }, 'none'],
    ['no protectedPersonIndicator', { identifier: record.identifier }, 'unknown'],
    [
      'no indicator, but skyddad folkbokföring',
      { identifier: record.identifier, protectedPopulationRecord: true },
      'protected',
    ],
  ])('PAT-5: %s', (_, of, expected) => {
    expect(protection(of)).toBe(expected);
  });
});

describe('PAT-7: what changed between two copies', () => {
  const before = { record, listing: [{ facility: 'SE4999000013-H101' }] };
  it.each<[string, Partial<RegisterRecord>, readonly string[]]>([
    ['nothing, fields in another order', { name: { surname: 'Lindhage', given: 'Astrid' } }, []],
    ['name', { name: { given: 'Astrid', surname: 'Annan' } }, ['name']],
    ['address', { address: { line2: 'Annan gata 1', postalCode: '99101', city: 'LJUNGÅSA' } }, ['address']],
    ['a move', { municipalityCode: '3102' }, ['municipality']],
    ['death', { deregistration: { reason: 'AV', date: '2026-01-02' } }, ['deceased']],
    ['emigration', { deregistration: { reason: 'UV', date: '2026-01-02' } }, ['deregistered']],
  ])('PAT-7: %s', (_, changes, expected) => {
    expect(registerChanges(before, { ...before, record: { ...record, ...changes } })).toEqual(expected);
  });

  it('PAT-7: another health centre; a first reading of the listing is no change', () => {
    const moved = { record, listing: [{ facility: 'SE4999000013-H102' }] };
    expect(registerChanges(before, moved)).toEqual(['listing']);
    expect(registerChanges({ record, listing: null }, moved)).toEqual([]);
  });

  it('PAT-7: only the reason AV means death', () => {
    expect(isDeceased({ ...record, deregistration: { reason: 'AV' } })).toBe(true);
    expect(isDeceased({ ...record, deregistration: { reason: 'UV' } })).toBe(false);
    expect(isDeceased(record)).toBe(false);
  });
});

describe('identityHash', () => {
  const { identifier } = record;
  it('PAT-12: is the same for a number whichever of the two systems names it', () => {
    expect(identityHash('secret', identifier)).toBe(
      identityHash('secret', { ...identifier, type: 'samordningsnummer' }),
    );
  });
  it('depends on the secret and on the kind of other identifiers', () => {
    expect(identityHash('secret', identifier)).not.toBe(identityHash('other', identifier));
    expect(identityHash('secret', identifier)).not.toBe(
      identityHash('secret', { ...identifier, type: 'other' }),
    );
    expect(identityHash('secret', identifier)).toMatch(/^[0-9a-f]{64}$/);
  });
});
