import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { wordsOf } from '../../src/process/rejections/rejection-words.js';
import { reject } from '../../src/process/svu/rejections.js';
import type { SvuRejectionCode } from '../../src/process/svu/rejections.js';
import { statusTransitions } from '../../src/process/todo/status.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';

/**
 * What staff read is Swedish as they speak it: no code, element name, id or English word. Every text marked `sv` of every source
 * is looked at, and every text with Swedish letters of what words notices and to-dos, so a new one is looked at by itself.
 */

/** Placeholders that are filled with what staff know: names, days, numbers and words of `rejection-words.ts`. */
const known = [
  'unit',
  'today',
  'last',
  'first',
  'hours',
  'most',
  'places',
  'questions',
  'responsibility',
  // What a form asks, in its own words.
  'question',
  'side',
  'from',
  'allowed',
  'expected',
];
const numbers = ['told', 'elements', 'list', 'depth', 'criteria', 'values'];

const faults: Readonly<Record<string, RegExp>> = {
  'a placeholder for what staff do not know': /\{\w+\}/u,
  'a code': /(?<![\p{L}-])[a-z]{2,}(?:-[a-z]{2,})+(?![\p{L}-])/u,
  'an element or field': /(?<!\p{L})[a-z]+[A-Z]\p{L}*|\w\.[a-z]+[A-Z]|[a-z]_[a-z]|_\w/u,
  'an address or type of content': /\/[a-z]|https?:/u,
  'an id': /(?<![\p{L}-])id(?!\p{L})|[0-9a-f]{8}-[0-9a-f]{4}|SE\d{10}-/iu,
  'a word of the trade':
    /(?<!\p{L})(?:element\p{L}*|parameter\p{L}*|operation(?:en|ens)?|resurs\p{L}*|referens\p{L}*|interaktion\p{L}*|modifierare|huvudet|FHIR|JSON|HTTP|POST|PUT|GET|UTF|API|URL|XML|CarePlan|Task|Consent|Communication)(?!\p{L})/iu,
  'an English word':
    /(?<!\p{L})(?:the|is|not|of|or|with|must|case|unit|discharge|early|ready|required|status code|header|body|token|request|response|value|code|type|key|draft|published|display)(?!\p{L})/iu,
};

const filled = new RegExp(`\\{(?:${[...known, ...numbers].join('|')})\\}`, 'gu');

/** HSA-id is what staff call it; SIP, SVU and the laws are their words. */
const plain = (text: string): string => text.replaceAll(/HSA-id/gu, 'nummer').replaceAll(filled, 'X');

const wrongIn = (text: string): readonly string[] =>
  Object.entries(faults).flatMap(([fault, pattern]) =>
    pattern.test(plain(text)) ? [`${fault}: ${text}`] : [],
  );

/** The words of HL7's own codes, which validators hold against its tables. */
const ofHl7 = new Set(['Privacy Consent']);

const literal = String.raw`(?:'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|` + '`((?:\\\\.|[^`\\\\])*)`)';
const marked = new RegExp(String.raw`\bsv:\s*${literal}`, 'gu');
const any = new RegExp(literal, 'gu');

/** Where texts are put together that are not marked: what notices and the answers of steps say. */
const worded = [
  'src/projection/svu',
  'src/projection/todo-task.ts',
  'src/projection/ward-notice',
  'src/fhir/write/preferred-answer.ts',
];

async function sources(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of ['src', 'connectors']) {
    const entries = await readdir(fromProjectRoot(folder), { recursive: true, withFileTypes: true });
    for (const entry of entries)
      if (entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
        found.push(path.relative(fromProjectRoot('.'), path.join(entry.parentPath, entry.name)));
  }
  return found;
}

const withoutComments = (source: string): string =>
  source.replaceAll(/\/\*[\s\S]*?\*\//gu, '').replaceAll(/(^|\s)\/\/.*$/gmu, '$1');

async function swedishTexts(): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const texts: { file: string; text: string }[] = [];
  for (const file of await sources()) {
    const source = withoutComments(await readFile(fromProjectRoot(file), 'utf8'));
    const pick = (pattern: RegExp) =>
      [...source.matchAll(pattern)].map(([, one, two, three]) => one ?? two ?? three ?? '');
    const said = worded.some((where) => file.startsWith(where))
      ? pick(any).filter((text) => /[åäöÅÄÖ]/u.test(text))
      : [];
    for (const text of [...pick(marked), ...said]) if (!ofHl7.has(text)) texts.push({ file, text });
  }
  return texts;
}

describe('Swedish that staff read', () => {
  it('has no code, element, id or English word in any source', async () => {
    const texts = await swedishTexts();
    expect(texts.length).toBeGreaterThan(250);
    expect(texts.flatMap(({ file, text }) => wrongIn(text).map((wrong) => `${file}: ${wrong}`))).toEqual([]);
  });

  it.each([
    'Uppgiftens {element} kan inte ändras.',
    'Elementet krävs.',
    'Personen har redan en öppen SVU: 26ef8ba2-0000-4000-8000-000000000001.',
    'Formen är early-end.',
    'Ange dischargedTo.',
    'Vad som finns står i /metadata.',
    'Ett beslut med samma id.',
    'Enheten SE4999000013-W101 deltar inte.',
    'Ärendet är published.',
  ])('would find what is wrong with: %s', (text) => {
    expect(wrongIn(text)).not.toEqual([]);
  });

  it('ORG-12, ADR-13: words fill the placeholders, for every value that they get', () => {
    const statuses = Object.keys(statusTransitions);
    const said: readonly (readonly [SvuRejectionCode, Readonly<Record<string, string>>])[] = [
      ...statuses.map((from) => ['todo-status-not-allowed', { from, allowed: statuses.join(', ') }] as const),
      ...['read', 'write', 'acknowledge', 'sign', 'approve'].map(
        (responsibility) => ['role-lacks-responsibility', { responsibility }] as const,
      ),
      ...['outpatient', 'municipality', 'outpatient, municipality'].map(
        (side) => ['no-receiver-of-side', { side }] as const,
      ),
      ...['boolean', 'date'].map((expected) => ['todo-output-type', { expected, output: 'x' }] as const),
    ];
    for (const [code, values] of said) {
      const text = wordsOf(reject(code, { values }).rejection, 'sv');
      expect([text, wrongIn(text), text.includes('{')]).toEqual([text, [], false]);
    }
    expect(Object.keys(caseKinds.rejections).length).toBeGreaterThan(80);
  });
});
