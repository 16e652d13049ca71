import { describe, expect, it } from '@jest/globals';
import { printed, type PrintedDocument } from './printed-document.js';
import { readPdf } from '../../test/support/pdf.js';

const field = {
  label: 'Vad är planerat?',
  text: 'Hemtjänst från fredag.\nRing Rut: 0470-00 00 00.',
  by: 'Rut Alm',
};
const document = (fields: PrintedDocument['sections'][number]['fields'] = [field]): PrintedDocument => ({
  title: 'Patientinformation',
  about: ['Patient: Åsa Öberg-Đurić, 19340612-9829'],
  sections: [{ heading: 'Efter hemgång', fields }],
});

describe('A printed document', () => {
  it('VIEW-7: says what it was given, with Swedish letters and those of other names', async () => {
    const { pages } = await readPdf(await printed(document()));
    expect(pages).toHaveLength(1);
    for (const text of [
      'Åsa Öberg-Đurić',
      'Vad är planerat?',
      'Hemtjänst från fredag.',
      'Ring Rut: 0470-00 00 00.',
      'Sida 1 av 1',
    ])
      expect(pages[0]).toContain(text);
  });

  it('VIEW-7: a screen reader is told the language, the headings and the paragraphs in their order', async () => {
    const { tags, language, title } = await readPdf(await printed(document()));
    expect([language, title]).toEqual(['sv-SE', 'Patientinformation']);
    expect(tags.filter((tag) => /^(?:H\d|P)$/u.test(tag))).toEqual(['H1', 'P', 'H2', 'H3', 'P', 'P']);
  });

  it('its metadata tells no name and no number', async () => {
    const { metadata } = await readPdf(await printed(document()));
    expect(metadata).not.toMatch(/Öberg|9829/u);
  });

  it('VIEW-7: a long one goes on over pages, each with its number', async () => {
    const fields = Array.from({ length: 40 }, (_, place) => ({
      ...field,
      label: `Fråga ${place + 1}`,
      text: 'Går med rollator. '.repeat(40),
    }));
    const { pages } = await readPdf(await printed(document(fields)));
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.map((page, index) => page.includes(`Sida ${index + 1} av ${pages.length}`))).not.toContain(
      false,
    );
    expect(pages.join(' ')).toContain('Fråga 40');
  });
});
