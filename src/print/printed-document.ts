import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import Pdf from 'pdfkit';

/** A field: its question, and what was answered; of nobody, where it was not. */
type PrintedField = { readonly label: string; readonly text: string; readonly by?: string };

/** What is printed: Swedish texts as staff and patients read them. */
export type PrintedDocument = {
  readonly title: string;
  /** Whom it is about, and when it was printed. */
  readonly about: readonly string[];
  readonly sections: readonly { readonly heading: string; readonly fields: readonly PrintedField[] }[];
};

const require = createRequire(import.meta.url);
const fonts = {
  text: require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  strong: require.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
};
/** Points: readable on paper by old eyes. */
const sizes = { title: 20, heading: 15, label: 12, text: 12, small: 9 };
const margin = 56;

/**
 * A document as PDF: A4, its fonts embedded, tagged by headings and paragraphs in their order, its language said, so that a screen reader
 * reads it (PDF/A-2a). Its title is all that its metadata says: no name and no number stands where a list of files shows it.
 * @returns the bytes of the file
 */
export async function printed({ title, about, sections }: PrintedDocument): Promise<Buffer> {
  const document = new Pdf({
    size: 'A4',
    margin,
    bufferPages: true,
    font: fonts.text,
    tagged: true,
    displayTitle: true,
    lang: 'sv-SE',
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    info: { Title: title },
  });
  const whole = buffer(document);
  const root = document.struct('Document');
  document.addStructure(root);
  const write = (
    tag: 'H1' | 'H2' | 'H3' | 'P',
    font: keyof typeof fonts,
    size: number,
    text: string,
    gap: number,
  ) =>
    root.add(
      document.struct(tag, {}, () => {
        document.font(fonts[font], size).fillColor('black').text(text, { paragraphGap: gap });
      }),
    );
  write('H1', 'strong', sizes.title, title, 8);
  for (const line of about) write('P', 'text', sizes.text, line, 2);
  for (const { heading, fields } of sections) {
    document.moveDown(0.8);
    write('H2', 'strong', sizes.heading, heading, 4);
    for (const { label, text, by } of fields) {
      write('H3', 'strong', sizes.label, label, 1);
      write('P', 'text', sizes.text, text, by === undefined ? 8 : 1);
      if (by !== undefined) write('P', 'text', sizes.small, by, 8);
    }
  }
  root.end();
  numberPages(document);
  document.end();
  return whole;
}

/** Page numbers are no part of the text: a screen reader passes over them. */
function numberPages(document: PDFKit.PDFDocument): void {
  const { count } = document.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    document.switchToPage(page);
    const { width, height, margins } = document.page;
    // Below the text, where a further line would begin a page.
    const { bottom } = margins;
    margins.bottom = 0;
    document.markContent('Artifact', { type: 'Pagination' });
    document.font(fonts.text, sizes.small).text(`Sida ${page + 1} av ${count}`, margin, height - bottom / 2, {
      width: width - 2 * margin,
      align: 'right',
    });
    document.endMarkedContent();
    margins.bottom = bottom;
  }
}
