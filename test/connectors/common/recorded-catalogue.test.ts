import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { listen } from '../../../connectors/common/listen.js';
import { recordingOf, type RecordedAnswer } from '../../../connectors/common/recording/read-from.js';
import { Recorder } from '../../../connectors/common/recording/recorder.js';
import { createCatalogueLookup } from '../../../connectors/hsa/catalogue-lookup.js';
import { startCatalogueReReader } from '../../../connectors/hsa/catalogue-re-reader.js';
import { retranslateCatalogue } from '../../../connectors/hsa/recorded.js';
import { startCatalogueStandIn } from '../../../connectors/hsa/stand-in.js';
import { createTestDatabase } from '../../support/database.js';
import { catalogue, staff, wards } from '../hsa/hsa-file.js';
import { dataFile, number, silent, transportOn } from './support.js';

it('ORG-1: answers of the catalogue that became facts are recorded, but of staff who are protected, and give the facts again', async () => {
  const test = await createTestDatabase();
  const pool = createConnectorPool(test.url);
  const file = await dataFile(catalogue);
  const standIn = await startCatalogueStandIn({
    host: '127.0.0.1',
    port: 0,
    file: file.file,
    logger: silent,
  });
  const lookup = createCatalogueLookup({
    urls: { unit: standIn.url, healthCareUnit: standIn.url, credentials: standIn.url },
    logicalAddress: '5565594230',
    development: true,
    logger: silent,
    requestsPerSecond: 500,
  });
  const recorder = new Recorder({ keyId: 'test', secret: randomBytes(32) });
  const items = [
    ...[wards.ward, wards.municipal].map((hsaId) => ({ kind: 'unit' as const, hsaId })),
    ...[staff.physician, staff.hidden].map((hsaId) => ({ kind: 'practitioner' as const, hsaId })),
  ];
  const reReader = startCatalogueReReader({
    pool,
    transport: await transportOn(test.database),
    logger: silent,
    lookup,
    recorder,
    follow: () => [items],
    intervalMilliseconds: 3_600_000,
    tellAgainMilliseconds: 3_600_000,
  });
  await reReader.readNow();
  const { rows } = await test.database.query<{ sender: string; id: string; sealed: Buffer }>(
    `select sender, message_id as id, sealed from connector_recording order by message_id`,
  );
  expect(rows.map(({ id }) => id)).toEqual([
    `practitioner:${staff.physician}`,
    `unit:${wards.municipal}`,
    `unit:${wards.ward}`,
  ]);
  for (const { sender, id, sealed } of rows) {
    const raw = recorder.open({ connector: 'hsa', sender, messageId: id }, sealed).toString('utf8');
    const recorded = JSON.parse(raw) as RecordedAnswer;
    expect(raw).not.toContain('Hemlig');
    const now = retranslateCatalogue(recorded, true);
    expect(now).toMatchObject({ kind: 'fact', fact: recorded.fact });
  }
  await reReader.stop();
  lookup.stop();
  await standIn.stop();
  await file.remove();
  await pool.end();
  await test.drop();
});

it('ORG-1: a number in any element that is not read is not recorded, and the rest gives the fact again', async () => {
  const answer = readFileSync(
    'test/golden/messages/hsa/physician-with-assignments.GetCredentialsForPersonIncludingProtectedPerson.xml',
    'utf8',
  ).replace(
    '<paTitleCode>',
    `<m1:healthcareProfessionalLicenseIdentityNumber>${number}</m1:healthcareProfessionalLicenseIdentityNumber>` +
      `<x:identityNumber xmlns:x="urn:x">${number}</x:identityNumber><mail>${number}@example.org</mail>$&`,
  );
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' }).end(answer);
  });
  const { port } = await listen(server, '127.0.0.1', 0);
  const url = `http://127.0.0.1:${port}/`;
  const lookup = createCatalogueLookup({
    urls: { unit: url, healthCareUnit: url, credentials: url },
    logicalAddress: '5565594230',
    development: true,
    logger: silent,
  });
  const fact = await lookup.practitioner('SE4999000013-P018');
  const raw = recordingOf(fact)?.toString('utf8') ?? '';
  expect(raw).toContain('Ceder');
  expect(raw).not.toMatch(new RegExp(`${number}|197001019905`));
  const recorded = JSON.parse(raw) as RecordedAnswer;
  expect(retranslateCatalogue(recorded, true)).toMatchObject({ kind: 'fact', fact });
  lookup.stop();
  server.close();
  server.closeAllConnections();
});
