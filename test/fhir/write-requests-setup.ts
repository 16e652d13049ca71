import { afterAll, beforeAll } from '@jest/globals';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as } from '../support/svu.js';

export let hub: TestHub;
export let nurse: Awaited<ReturnType<typeof as>>;

beforeAll(async () => {
  hub = await startHub();
  nurse = await as(hub, 'nurse');
});
afterAll(() => hub.stop());
