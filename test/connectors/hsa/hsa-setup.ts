import { afterAll, beforeAll, expect } from '@jest/globals';
import {
  createCatalogueLookup,
  type CatalogueLookupOptions,
  type RunningCatalogueLookup,
} from '../../../connectors/hsa/catalogue-lookup.js';
import { startCatalogueStandIn } from '../../../connectors/hsa/stand-in.js';
import type { SoapStandIn } from '../../../connectors/common/stand-in/soap-stand-in.js';
import { catalogue } from './hsa-file.js';
import { dataFile, logged, silent } from '../common/support.js';

export let file: Awaited<ReturnType<typeof dataFile>>;
export let standIn: SoapStandIn;
export let hsa: RunningCatalogueLookup;
export const log = logged();

export const optionsFor = (url: string): CatalogueLookupOptions => ({
  urls: { unit: url, healthCareUnit: url, credentials: url },
  logicalAddress: '5565594230',
  development: true,
  logger: log.logger,
  timeoutMilliseconds: 10_000,
  requestsPerSecond: 500,
});

beforeAll(async () => {
  file = await dataFile(catalogue);
  standIn = await startCatalogueStandIn({ host: '127.0.0.1', port: 0, file: file.file, logger: silent });
  hsa = createCatalogueLookup(optionsFor(standIn.url));
});
afterAll(async () => {
  hsa.stop();
  await standIn.stop();
  await file.remove();
});

export const play = async (fault: string, times = 1): Promise<void> => {
  const control = new URL('/stand-in/faults', standIn.url);
  const asked = await fetch(control, { method: 'POST', body: JSON.stringify({ fault, times }) });
  expect(asked.status).toBe(204);
};
