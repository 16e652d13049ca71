import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Who the server runs as. PostgreSQL refuses to run as root, so started by root it runs either in a user namespace, where
 * it is somebody else to itself and still us to the file system, or as another user of the system.
 */
export type ServerUser =
  | { readonly kind: 'ourselves' }
  | { readonly kind: 'namespace' }
  | { readonly kind: 'other'; readonly uid: number; readonly gid: number };

const namespace = ['unshare', '--user', '--map-user=1000'] as const;

/**
 * The user for a cluster's home. The namespace is preferred, because another user could not enter a folder that only root
 * may (a project below /root, or in a private temporary folder). A cluster that another user made stays that user's.
 */
export async function serverUser(home: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return { kind: 'ourselves' };
  const owner = await ownerOf(path.join(home, 'cluster'));
  if (owner !== undefined && owner.uid !== 0) return { kind: 'other', ...owner };
  if (owner !== undefined || (await namespaceWorks())) return { kind: 'namespace' };
  return { kind: 'other', ...(await postgresUser()) };
}

/** A program and its arguments as that user would run them, and the options for spawning it. */
export function asUser(
  user: ServerUser,
  program: string,
  args: readonly string[],
): { program: string; args: string[]; options: { uid?: number; gid?: number } } {
  const [unshare, ...flags] = namespace;
  // unshare replaces itself with the program, so its process id is the program's.
  if (user.kind === 'namespace') return { program: unshare, args: [...flags, program, ...args], options: {} };
  const options = user.kind === 'other' ? { uid: user.uid, gid: user.gid } : {};
  return { program, args: [...args], options };
}

async function ownerOf(file: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await stat(file);
    return { uid, gid };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** Whether this system lets root make user namespaces; containers may forbid it. */
async function namespaceWorks(): Promise<boolean> {
  const [unshare, ...flags] = namespace;
  return run(unshare, [...flags, 'true']).then(
    () => true,
    () => false,
  );
}

/** The system user `postgres`, made when it is missing. */
async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const idOf = async (flag: '-u' | '-g') => Number((await run('id', [flag, 'postgres'])).stdout.trim());
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    await run('groupadd', ['--force', '--system', 'postgres']);
    await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  }
}
