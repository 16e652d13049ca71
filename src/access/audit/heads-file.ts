import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { SealedHead } from './audit-key.js';

const headShape = z.strictObject({
  format: z.int(),
  chain: z.uuid(),
  number: z.int().positive(),
  hash: z.string().max(128),
  recordedAt: z.iso.datetime(),
  keyId: z.string().max(64),
  signature: z.string().max(256),
});

/** A head as somebody kept it; undefined for what is none. */
export function readHead(line: string): SealedHead | undefined {
  try {
    return headShape.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/**
 * A file of heads, one in a line of JSON, only ever appended to (mode 0600). Several processes may share it: a line is written
 * in one piece at the file's end. It is opened anew for each write, so that it may be rotated.
 */
export class HeadsFile {
  constructor(private readonly file: string) {}

  /** Resolves when the heads are on the disk. */
  async append(heads: readonly SealedHead[]): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true });
    const handle = await open(this.file, 'a', 0o600);
    try {
      // A line that a crash cut short is ended here, so that it spoils no other.
      const start = (await endsInLine(this.file)) ? '' : '\n';
      await handle.appendFile(start + heads.map((head) => `${JSON.stringify(head)}\n`).join(''));
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }
}

async function endsInLine(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size === 0) return true;
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
  } finally {
    await handle.close();
  }
}

/** The lines of a heads file, one at a time; none where there is no such file. */
export async function* linesOfHeads(file: string): AsyncGenerator<string> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return;
  await handle.close();
  for await (const line of createInterface({ input: createReadStream(file) }))
    if (line.trim() !== '') yield line;
}
