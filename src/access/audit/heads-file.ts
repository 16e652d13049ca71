import { open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { makeFolder } from '../../wire/make-folder.js';
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

/** After so long without a write, a last head is in the file of heads already, or its process was killed. Milliseconds. */
const idleMs = 60_000;

/** The file in which one process keeps its last head, beside the file of heads. @param name of the process, in no other */
export function lastHeadFileName(headsFile: string, name: string): string {
  return `${headsFile}.last-${name}`;
}

/** The files of last heads beside a file of heads: of processes that run or were killed. */
export async function lastHeadFiles(headsFile: string): Promise<readonly string[]> {
  const folder = path.dirname(headsFile);
  const start = path.basename(lastHeadFileName(headsFile, ''));
  const names = await unlessMissing(readdir(folder));
  return (names ?? []).filter((name) => name.startsWith(start)).map((name) => path.join(folder, name));
}

/**
 * A file of heads, one in a line of JSON, only ever appended to (mode 0600). Several processes may share it: a line is written
 * in one piece at the file's end. It is opened again for each write, so that it may be rotated.
 */
export class HeadsFile {
  /** What was appended last. */
  #appended: readonly SealedHead[] = [];

  constructor(readonly path: string) {}

  /** Whether it can be written, before the first head is. @throws the system's error */
  async prepare(): Promise<void> {
    makeFolder(path.dirname(this.path));
    await (await open(this.path, 'a', 0o600)).close();
  }

  /** Resolves when the heads are on the disk. */
  async append(heads: readonly SealedHead[]): Promise<void> {
    makeFolder(path.dirname(this.path));
    const handle = await open(this.path, 'a', 0o600);
    try {
      // A line that a crash cut short is ended here, so that it spoils no other.
      const start = (await endsInLine(this.path)) ? '' : '\n';
      await handle.appendFile(start + heads.map((head) => `${JSON.stringify(head)}\n`).join(''));
      await handle.datasync();
    } finally {
      await handle.close();
    }
    this.#appended = heads;
  }

  /** Whether it was among what was appended last. */
  hasAppended({ hash }: SealedHead): boolean {
    return this.#appended.some((head) => head.hash === hash);
  }

  /** Appends the last heads of processes that were killed, and puts their files away. A process that still runs makes its own again. */
  async takeOver(): Promise<void> {
    for (const left of await lastHeadFiles(this.path)) {
      const found = await unlessMissing(stat(left));
      if (found === undefined || Date.now() - found.mtimeMs < idleMs) continue;
      const heads: SealedHead[] = [];
      for await (const line of linesOf(left)) heads.push(...[readHead(line) ?? []].flat());
      await this.append(heads);
      await rm(left, { force: true });
    }
  }
}

/** Nothing is there either where the folder is a file; whoever writes there says so. */
async function unlessMissing<Found>(looked: Promise<Found>): Promise<Found | undefined> {
  return looked.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
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

/**
 * The lines of a heads file and of the last heads beside it, one at a time; none where there is no such file. The last heads come first:
 * one that is put away meanwhile stands in the file by then.
 */
export async function* linesOfHeads(file: string): AsyncGenerator<string> {
  for (const last of await lastHeadFiles(file)) yield* linesOf(last);
  yield* linesOf(file);
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await unlessMissing(open(file, 'r'));
  if (handle === undefined) return;
  // The stream closes it.
  for await (const line of createInterface({ input: handle.createReadStream() }))
    if (line.trim() !== '') yield line;
}
