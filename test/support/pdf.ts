import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A PDF as a reader has it: what it says, page by page, the tags in their order, and what its metadata tells. */
export type ReadPdf = {
  readonly pages: readonly string[];
  readonly tags: readonly string[];
  readonly title: string;
  readonly language: string;
  readonly metadata: string;
};

/** Reads a PDF by another's program. */
export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false });
  const document = await loading.promise;
  try {
    const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1);
    const pages = [];
    const tags: string[] = [];
    for (const number of numbers) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(
        items
          .map((item) => ('str' in item ? item.str : ''))
          .join(' ')
          .replaceAll(/\s+/gu, ' '),
      );
      rolesOf((await page.getStructTree()) as Node | null, tags);
    }
    const { info, metadata } = await document.getMetadata();
    const { Title: title = '', Language: language = '' } = info as Record<string, string | undefined>;
    return { pages, tags, title, language, metadata: JSON.stringify([info, metadata?.getRaw()]) };
  } finally {
    await loading.destroy();
  }
}

type Node = { readonly role?: string; readonly children?: readonly Node[] };

function rolesOf(node: Node | null, into: string[]): void {
  if (node?.role !== undefined) into.push(node.role);
  for (const child of node?.children ?? []) rolesOf(child, into);
}
