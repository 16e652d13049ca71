import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Parameters } from 'fhir/r4.js';
import { startHub, type TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { runCommand } from '../support/run-command.js';
import { as, parameters, staff, type Who } from '../support/svu.js';

/** Notices of the operator to every user: written by the command, read through the door (VIEW-10). */
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const command = (...words: string[]) =>
  runCommand('system-notice', { DATABASE_URL: hub.store.url, NODE_ENV: 'development' }, ...words);
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

async function noticesFor(who: Who): Promise<readonly (string | undefined)[]> {
  const answer = await (await as(hub, who)).post('Communication/$system-notices', parameters());
  expect(answer.status).toBe(200);
  expect(r4Faults(answer.body as Parameters)).toEqual([]);
  return ((answer.body as Parameters).parameter ?? []).map(
    ({ part = [] }) => part.find(({ name }) => name === 'text')?.valueString,
  );
}

const text = 'Hemgång är stängt på lördag klockan 6 till 8 för underhåll.';

describe('VIEW-10: a notice to every user', () => {
  it('VIEW-10: is read by every user and system while it holds, also by those who take part in nothing', async () => {
    expect(await noticesFor('nurse')).toEqual([]);
    const written = await command('write', '--kind', 'downtime', '--text', text, '--until', inHours(2));
    expect([written.code, written.stderr]).toEqual([0, '']);
    const later = await command(
      'write',
      '--kind',
      'release',
      '--text',
      'Senare',
      '--from',
      inHours(1),
      '--until',
      inHours(3),
    );
    expect(later.code).toBe(0);
    for (const who of ['nurse', 'municipality', 'otherRegion'] as const)
      expect(await noticesFor(who)).toEqual([text]);
    const system = await hub
      .http()
      .post('/fhir/Communication/$system-notices')
      .set('authorization', await hub.system(staff.otherMunicipality.unit));
    expect([system.status, system.text.includes(text)]).toEqual([200, true]);
    hub.time.now = new Date(Date.now() + 1.5 * 3_600_000);
    expect(await noticesFor('nurse')).toEqual(['Senare', text]);
    hub.time.now = new Date(Date.now() + 2.5 * 3_600_000);
    expect(await noticesFor('nurse')).toEqual(['Senare']);
    hub.time.now = undefined;

    const listed = await command('list');
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining(text)]);
    const id = written.stdout.trim();
    expect((await command('withdraw', id)).code).toBe(0);
    expect((await command('withdraw', id)).code).toBe(1);
    expect(await noticesFor('nurse')).toEqual([]);
  });

  it('VIEW-10: nobody without a token reads it, and clients write none', async () => {
    const answer = await hub.http().post('/fhir/Communication/$system-notices');
    expect(answer.status).toBe(401);
  });

  it('PAT-13: holds no personal number, and says when it ends', async () => {
    for (const words of [
      ['write', '--kind', 'downtime', '--text', 'Gäller 19340612-9829', '--until', inHours(2)],
      ['write', '--kind', 'party', '--text', text, '--until', inHours(2)],
      ['write', '--kind', 'downtime', '--text', text],
      ['write', '--kind', 'downtime', '--text', text, '--until', inHours(-1)],
      ['write', '--kind', 'downtime', '--text', text, '--until', '2126-01-01T10:00:00'],
      ['shout'],
    ])
      expect([words, (await command(...words)).code]).toEqual([words, 2]);
    expect(await noticesFor('nurse')).toEqual([]);
  });
});
