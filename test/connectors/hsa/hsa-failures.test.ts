import { describe, expect, it } from '@jest/globals';
import { createCatalogueLookup } from '../../../connectors/hsa/catalogue-lookup.js';
import { startCatalogueStandIn } from '../../../connectors/hsa/stand-in.js';
import { contracts, writeCredentialsQuestion } from '../../../connectors/hsa/contract.js';
import { receiverHeader, writeEnvelope } from '../../../connectors/common/soap/envelope.js';
import { platformFaults } from '../../../connectors/common/soap/fault.js';
import { type UnitFact } from '../../../src/messaging/contracts/facts.js';
import { catalogue, staff, wards } from './hsa-file.js';
import { dataFile, silent } from '../common/support.js';
import { file, hsa, log, optionsFor, play, standIn } from './hsa-setup.js';

describe('a catalogue that does not answer', () => {
  it.each([
    ['timeout', 'timeout', true],
    ['close', 'connection', true],
    ['fault', 'soap-fault', true],
    ['malformed', 'not-soap', true],
    ['too-large', 'too-large', true],
    ['partial', 'partial', true],
  ])('%s: no answer rather than a wrong one (%s, asking again helps: %s)', async (fault, code, retryable) => {
    const options = optionsFor(standIn.url);
    const lookup = createCatalogueLookup(
      code === 'timeout' ? { ...options, timeoutMilliseconds: 500 } : options,
    );
    await play(fault);
    await expect(lookup.unit(wards.ward)).rejects.toMatchObject({ code, retryable });
    await play(fault);
    await expect(lookup.practitioner(staff.physician)).rejects.toMatchObject({ code, retryable });
    expect((await lookup.health()).status).toBe('degraded');
    lookup.stop();
  });

  it.each(Object.entries(platformFaults))('%s is told as it is', async (fault, { blame }) => {
    await play(fault);
    await expect(hsa.practitioner(staff.physician)).rejects.toMatchObject({
      code: fault,
      retryable: blame !== 'ours',
    });
  });
});

describe('a catalogue that answers wrongly', () => {
  it.each([
    ['duplicate', 'two-answers', 'two-answers'],
    ['wrong-person', 'wrong-unit', 'wrong-person'],
    ['technical', 'soap-fault', 'soap-fault'],
  ])('%s: no answer rather than a wrong one', async (fault, ofUnit, ofPerson) => {
    await play(fault);
    await expect(hsa.unit(wards.ward)).rejects.toMatchObject({ code: ofUnit });
    await play(fault);
    await expect(hsa.practitioner(staff.physician)).rejects.toMatchObject({ code: ofPerson });
  });

  it.each([
    ['duplicate', 'two-answers'],
    ['wrong-person', 'wrong-unit'],
    ['partial', 'partial'],
  ])('%s of the care unit alone: no answer about the unit', async (fault, code) => {
    const units = catalogue.units.map((unit) => (unit.hsaId === wards.ward ? { ...unit, fault } : unit));
    const wrong = await dataFile({ ...catalogue, units });
    const other = await startCatalogueStandIn({
      host: '127.0.0.1',
      port: 0,
      file: wrong.file,
      logger: silent,
    });
    const { urls, ...options } = optionsFor(standIn.url);
    const lookup = createCatalogueLookup({ ...options, urls: { ...urls, healthCareUnit: other.url } });
    await expect(lookup.unit(wards.ward)).rejects.toMatchObject({ code });
    lookup.stop();
    await other.stop();
    await wrong.remove();
  });

  it('out-of-order: what is said in another order is the same', async () => {
    const twice = (hsaId: string) => ({ hsaId, surname: 'Två', titles: ['204090', '204010'] });
    await file.write({
      ...catalogue,
      people: [
        ...catalogue.people,
        {
          ...twice('SE2321000016-P9'),
          licences: ['Sjuksköterska', 'Barnmorska'],
          assignments: ['SE2321000016-A9', 'SE2321000016-A8'].map((hsaId) => ({
            hsaId,
            unit: wards.careUnit,
          })),
        },
      ],
    });
    const raw = async () => {
      const question = writeCredentialsQuestion({ hsaId: 'SE2321000016-P9', feigned: true });
      const answer = await fetch(standIn.url, {
        method: 'POST',
        headers: { SOAPAction: contracts.credentials.action },
        body: writeEnvelope(question, receiverHeader('2.1', '5565594230')),
      });
      return [...(await answer.text()).matchAll(/A8|A9|204010|204090/g)].map(([found]) => found);
    };
    const written = await raw();
    await play('out-of-order');
    expect(await raw()).toEqual(written.toReversed());
    const both = async (ask: () => Promise<object>, questions: number) => {
      const { readAt: _first, ...usual } = (await ask()) as UnitFact;
      await play('out-of-order', questions);
      const { readAt: _second, ...turned } = (await ask()) as UnitFact;
      expect(JSON.stringify(turned)).toBe(JSON.stringify(usual));
      return usual;
    };
    expect(await both(() => hsa.practitioner('SE2321000016-P9'), 1)).toMatchObject({
      titles: ['204010', '204090'],
      licences: ['Barnmorska', 'Sjuksköterska'],
      assignments: [{ hsaId: 'SE2321000016-A8' }, { hsaId: 'SE2321000016-A9' }],
    });
    expect(await both(() => hsa.unit(wards.ward), 2)).toMatchObject({ healthCareUnit: wards.careUnit });
    await file.write(catalogue);
  });

  it('missing-person: not known; slow: known, later', async () => {
    await play('missing-person', 2);
    expect(await hsa.unit(wards.ward)).toMatchObject({ found: false });
    expect(await hsa.practitioner(staff.physician)).toMatchObject({ found: false });
    const patient = createCatalogueLookup({ ...optionsFor(standIn.url), timeoutMilliseconds: 30_000 });
    await play('slow');
    expect(await patient.practitioner(staff.physician)).toMatchObject({ found: true });
    patient.stop();
  });

  it('missing-flags: a unit whose marks are not told is neither closed nor a test unit', async () => {
    const strict = createCatalogueLookup({ ...optionsFor(standIn.url), development: false });
    const { readAt: _usual, ...usual } = await strict.unit(wards.ward);
    await play('missing-flags', 2);
    expect(await strict.unit(wards.ward)).toMatchObject(usual);
    strict.stop();
  });
});

it('no log line of a failure names anybody of the staff', () => {
  expect(log.lines.length).toBeGreaterThan(10);
  expect(log.lines.join('')).not.toMatch(/Åsa|Hemlig|SE2321000016-P/);
});
