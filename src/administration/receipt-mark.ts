import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { SqlConnection } from '../persistence/database.js';
import { makeFolder } from '../wire/make-folder.js';

/** The highest receipt there was, and when it came. */
export type ReceiptMark = { readonly number: number; readonly receivedAt: string };

const shape = z.strictObject({ number: z.int().positive(), receivedAt: z.iso.datetime() });

/** For so long no receipt is forgotten: the least that MELIOR_RECEIPT_HOURS can be. Milliseconds. */
const keptForMs = 3_600_000;

/** Where the mark of a hub stands: beside the file of the trail's ends, which the owner of the database cannot write either. */
export const receiptMarkFile = (headsFile: string): string => `${headsFile}.receipts`;

/** The highest receipt that is stored now; undefined where there is none. */
async function highestReceipt(sql: SqlConnection): Promise<ReceiptMark | undefined> {
  const { rows } = await sql.query<{ number: number; receivedAt: Date }>(
    'select number, received_at as "receivedAt" from connector_receipt order by number desc limit 1',
  );
  const [row] = rows;
  return row && { number: row.number, receivedAt: row.receivedAt.toISOString() };
}

/**
 * Keeps the mark in its file, so that a database that is restored to an earlier point is known by it also when facts alone came since the
 * backup (decision 49). A receipt is in the file at most one look after it came.
 */
export class ReceiptMarkKeeper {
  #written = 0;

  constructor(
    private readonly sql: SqlConnection,
    private readonly file: string,
  ) {}

  /** One look. @throws what reading the database or writing the file throws; the next look tries again */
  async look(): Promise<void> {
    const mark = await highestReceipt(this.sql);
    // A lower one is of a database that was restored under the running hub: the file is what tells (`lostReceipt`).
    if (mark === undefined || mark.number <= this.#written) return;
    makeFolder(path.dirname(this.file));
    // Put in place at once and on the disk, so that whoever reads finds the one or the other, also after a power cut.
    const beside = `${this.file}.${process.pid}.new`;
    await writeFile(beside, `${JSON.stringify(mark)}\n`, { mode: 0o600, flush: true });
    await rename(beside, this.file);
    this.#written = mark.number;
  }
}

/**
 * The receipt that the file has and the database does not: the database is at an earlier point than it was. What an epoch left behind is known
 * to be gone. A receipt that is old enough to be forgotten is missed by the sequence of the numbers alone, which PostgreSQL may have set up to 32
 * ahead when it was not shut down.
 * @returns undefined where nothing is missed, or there is no file
 * @throws Error for a file that is damaged
 */
export async function lostReceipt(
  sql: SqlConnection,
  file: string,
  now: Date,
): Promise<ReceiptMark | undefined> {
  const mark = await readMark(file);
  if (mark === undefined) return undefined;
  const { rows } = await sql.query<{ given: number; highest: number | null; known: boolean }>(
    `select case when is_called then last_value else 0 end as given,
            (select max(number) from connector_receipt) as highest,
            coalesce((select since from log_epoch order by number desc limit 1) >= $1::timestamptz, false) as known
       from connector_receipt_number_seq`,
    [mark.receivedAt],
  );
  const { given = 0, highest = null, known = false } = rows[0] ?? {};
  if (known) return undefined;
  const isKept = now.getTime() - Date.parse(mark.receivedAt) < keptForMs;
  return given < mark.number || (isKept && (highest ?? 0) < mark.number) ? mark : undefined;
}

async function readMark(file: string): Promise<ReceiptMark | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `${file} is damaged: it holds no number of a receipt. Remove it when the database is the right one`,
      {
        cause: error,
      },
    );
  }
}
