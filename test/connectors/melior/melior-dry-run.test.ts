import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { dryRun } from '../../../connectors/melior/dry-run.js';
import { readMapping } from '../../../connectors/melior/mapping.js';
import { frame } from '../../../connectors/melior/mllp/framer.js';
import { adt, mapping, number, segment } from '../common/support.js';

const run = (text: string | Buffer, own: unknown = mapping) =>
  dryRun(
    typeof text === 'string' ? Buffer.from(text) : text,
    readMapping(own),
    new Date('2026-12-31T09:00:00Z'),
  );
const pv1 = (ward: string): string => segment('PV1', { 2: 'I', 3: ward, 19: 'V100' });

it('each value of the fact is shown with the field and the rule it came from, the number masked', () => {
  const [result] = run(adt({ more: segment('PV2', { 9: '20260115' }) }));
  expect(result).toMatchObject({ answer: 'AA', topic: 'journal.stay.v1', warnings: [] });
  expect(result?.values).toEqual([
    { name: 'kind', value: 'admitted', from: 'MSH-9.2' },
    { name: 'person', value: 'personnummer 1905********', from: 'PID-3 repetition 1, rule type NI' },
    { name: 'visit', value: 'V100', from: 'PV1-19' },
    { name: 'ward', value: 'SE2321000016-W101', from: 'PV1-3, by ward.table' },
    { name: 'occurredAt', value: '2026-01-10T08:29:00.000Z', from: 'EVN-2' },
    { name: 'admittedAt', value: '2026-01-10T08:25:00.000Z', from: 'PV1-44' },
    { name: 'expectedDischarge', value: '2026-01-14T23:00:00.000Z', from: 'PV2-9' },
  ]);
});

it('what would be refused, or store nothing, is said with its place', () => {
  const [refused, nothing] = run(
    adt({ pv1: 'PV1|1|I|A1' }) + adt({ event: 'A08', pv1: segment('PV1', { 2: 'O' }) }),
  );
  expect(refused).toMatchObject({ answer: 'AE', why: '101 Required field missing; PV1-19: required' });
  expect(nothing).toMatchObject({ answer: 'AA', why: 'nothing stored: not a hospital stay', values: [] });
});

it('an expected discharge out of bounds is a warning, with what is taken', () => {
  const [result] = run(adt({ more: segment('PV2', { 9: '99991231' }) }));
  expect(result).toMatchObject({
    answer: 'AA',
    warnings: ['PV2-9: left out, taken from 1996-12-31 to 2029-12-31'],
  });
});

it('an unknown ward is a warning, in the letters it came in', () => {
  expect(run(adt({ pv1: pv1('Östra') }))[0]?.warnings).toEqual([
    'the ward "Östra" is not in ward.table; the fact goes without it',
  ]);
});

it.each([
  [
    'frames as they were on the wire',
    Buffer.concat(['1', '2'].map((id) => frame(Buffer.from(adt({ controlId: id }))))),
  ],
  ['messages one after the other', Buffer.from(adt({ controlId: '1' }) + adt({ controlId: '2' }))],
  [
    'lines that end with LF',
    Buffer.from((adt({ controlId: '1' }) + adt({ controlId: '2' })).replaceAll('\r', '\n')),
  ],
  ['a batch', Buffer.from(`BHS|^~\\&|M\r${adt({ controlId: '1' })}${adt({ controlId: '2' })}BTS|2\r`)],
])('a file of %s is read', (_name, bytes) => {
  expect(run(bytes).map(({ answer, message }) => `${answer} ${message}`)).toEqual(
    ['1', '2'].map((id) => `AA ADT^A01 MELIOR/SUS ${id}, HL7 2.5, read as UNICODE UTF-8`),
  );
});

it('a sender with certificates of its own is read by its fields', () => {
  const sender = { application: 'MELIOR', facility: 'SUS', certificates: [{ commonName: 'x' }] };
  const senders = [{ ...sender, mapping: { visit: 'PV1-3' } }];
  expect(run(adt(), { ...mapping, senders })[0]?.values).toContainEqual({
    name: 'visit',
    value: 'A1',
    from: 'PV1-3',
  });
});

it('PAT-2: no personal number or name is shown, also where the mapping takes one for something else', () => {
  const own = { ...mapping, visit: 'PID-3', ward: { ...mapping.ward, paths: ['PID-3'] } };
  const shown = JSON.stringify([run(adt(), own), run(adt({ person: `PID|1||${number}X^^^^NI` }))]);
  expect(shown).toContain('[withheld]');
  expect(shown).not.toMatch(/0503279812|Påhittad/);
});

it('the command says so in its exit code', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-test-hl7-'));
  const [mappingFile, good, bad] = ['mapping.json', 'good.hl7', 'bad.hl7'].map((name) =>
    path.join(directory, name),
  ) as [string, string, string];
  await writeFile(mappingFile, JSON.stringify(mapping));
  await writeFile(good, adt());
  await writeFile(bad, adt({ pv1: 'PV1|1' }));
  const command = async (...parts: readonly string[]): Promise<unknown> => {
    const tool = ['--import', './test/support/typescript.mjs', 'src/start/commands/hl7.ts'];
    const ended = promisify(execFile)(process.execPath, [...tool, ...parts]);
    return ended.then(
      ({ stdout }) => stdout,
      (error: unknown) => (error as { code: unknown }).code,
    );
  };
  try {
    expect(await command(good, '--mapping', mappingFile)).toContain('1 messages, 0 would be refused.');
    expect(await command(bad, '--mapping', mappingFile)).toBe(1);
    expect(await command(good, '--mapping', path.join(directory, 'none.json'))).toBe(2);
  } finally {
    await rm(directory, { recursive: true });
  }
});
