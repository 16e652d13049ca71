import { readFileSync } from 'node:fs';
import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

/** What is wrong with a file, and where. Never quotes it. */
export type FileFault = { readonly file: string; readonly line?: number; readonly problem: string };

/** A file cannot be used. The message names it, and each fault with its line. */
export class FileUnusable extends Error {
  override readonly name = 'FileUnusable';
  constructor(
    readonly file: string,
    readonly faults: readonly FileFault[],
  ) {
    const lines = faults.map(
      ({ line, problem }) => `${line === undefined ? '' : `line ${line}: `}${problem}`,
    );
    super(`${file} cannot be used: ${lines.join('; ')}`);
  }
}

/** What a check throws about content: each fault by its place in it. A `ZodError` is one. */
type Issue = {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Names of properties at the place that should not be there. */
  readonly keys?: readonly string[];
  /** The message says itself what it is about. */
  readonly isWhole?: boolean;
};

/**
 * Reads a file of JSON (UTF-8) and checks it. A name that stands twice in one object is a fault, for only one of the two would
 * count; so is one that every object inherits.
 * @param check makes the value of the parsed content; throws an error with `issues`
 * @throws {FileUnusable} with every fault by its line, also when the file cannot be read
 */
export function readJsonFile<Value>(file: string, check: (content: unknown) => Value): Value {
  const text = readText(file);
  const { root, faults } = parse(file, text);
  if (root === undefined || faults.length > 0) throw new FileUnusable(file, faults);
  try {
    return check(JSON.parse(text));
  } catch (error) {
    const issues = issuesOf(error);
    if (issues === undefined) throw error;
    throw new FileUnusable(
      file,
      issues.map((issue) => ({
        file,
        line: lineAt(text, nodeOf(root, issue).offset),
        problem: issue.isWhole
          ? issue.message
          : `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`,
      })),
    );
  }
}

/** The text of a file. @throws {FileUnusable} when it cannot be read, or is not UTF-8 */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new FileUnusable(file, [{ file, problem: `cannot be read (${systemCode(error)})` }]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileUnusable(file, [{ file, problem: 'is not text in UTF-8' }]);
  }
}

/** The code of an error of the system, e.g. `ENOENT`. */
function systemCode(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === 'string' ? code : 'unknown error';
}

function parse(file: string, text: string): { root: Node | undefined; faults: FileFault[] } {
  if (text.startsWith('\uFEFF'))
    return { root: undefined, faults: [{ file, line: 1, problem: 'begins with a byte order mark' }] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const faults = errors.map(({ error, offset }) => ({
    file,
    line: lineAt(text, offset),
    problem: `is not JSON: ${printParseErrorCode(error)}`,
  }));
  if (faults.length > 0) return { root, faults: faults.slice(0, 1) };
  if (root === undefined) return { root, faults: [{ file, problem: 'is empty' }] };
  return {
    root,
    faults: [
      ...twice(root).map(({ offset }) => ({ offset, problem: 'a name stands twice in one object' })),
      ...inherited(root).map(({ offset }) => ({
        offset,
        problem: 'a name is one that every object has (such as __proto__)',
      })),
    ].map(({ offset, problem }) => ({ file, line: lineAt(text, offset), problem })),
  };
}

/** Names that would be passed over, or found where nothing stands: what every object of the language inherits. */
function inherited(node: Node): readonly Node[] {
  const children = node.children ?? [];
  const inside = children.flatMap(inherited);
  if (node.type !== 'property') return inside;
  const name: unknown = children[0]?.value;
  return typeof name === 'string' && name in Object.prototype ? [node, ...inside] : inside;
}

function twice(node: Node): readonly Node[] {
  const children = node.children ?? [];
  const inside = children.flatMap(twice);
  if (node.type !== 'object') return inside;
  const names = new Set<unknown>();
  const again = children.filter(({ children: [name] = [] }) => {
    const known = names.has(name?.value);
    names.add(name?.value);
    return known;
  });
  return [...again, ...inside];
}

function issuesOf(error: unknown): readonly Issue[] | undefined {
  const issues: unknown = (error as { issues?: unknown } | undefined)?.issues;
  return error instanceof Error && Array.isArray(issues) ? (issues as readonly Issue[]) : undefined;
}

/** The place of a fault; where something is missing, what it is missing from. */
function nodeOf(root: Node, { path, keys: [extra] = [] }: Issue): Node {
  const steps = [...path, ...(extra === undefined ? [] : [extra])].map((step) =>
    typeof step === 'number' ? step : String(step),
  );
  for (let length = steps.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, steps.slice(0, length));
    if (node !== undefined) return node;
  }
  return root;
}

/** The line of a place in a file of JSON; where the place is not there, of what it would stand in. @throws {FileUnusable} */
export function lineOf(file: string, path: readonly PropertyKey[]): number {
  const text = readText(file);
  const { root, faults } = parse(file, text);
  if (root === undefined) throw new FileUnusable(file, faults);
  return lineAt(text, nodeOf(root, { path, message: '' }).offset);
}

/** Lines are counted from 1. */
function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
