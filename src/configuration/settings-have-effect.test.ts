import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { assemble } from './assemble.js';
import { readKeys } from './keys.js';
import { projectRoot } from './project-root.js';
import { variables, type VariableName, type Values } from './variables/index.js';
import type { Variable } from './variables/variable.js';

/**
 * No setting without effect, in two steps: every variable changes the configuration (by running what puts it together), and every
 * property of the configuration is read by a part outside it (by the compiler's own references, so that a word in a text or a property
 * of the same name elsewhere counts for nothing).
 */

/** Those whose effect is a refusal at start, where they are read: they are no part of what the parts get. */
const refuseAlone: readonly VariableName[] = ['GUARDED_PATHS'];

const names = Object.keys(variables) as VariableName[];
const described = (name: VariableName): Variable<unknown> => variables[name];

/** Every variable given, each by its example. */
const everything = Object.fromEntries(
  names.map((name) => {
    const { example, schema } = described(name);
    return [name, example.startsWith('(') ? Buffer.alloc(32, name) : schema.parse(example)];
  }),
) as unknown as Values;

function configurationOf(values: Values): string {
  const configuration = assemble(values, new Set(names), readKeys(values, 'left-out').keys);
  return JSON.stringify(configuration, (_name, value: unknown) =>
    value instanceof Set ? [...value] : value,
  );
}

/** What it could be instead: another of its values, else nothing. */
function others(name: VariableName): readonly unknown[] {
  const value = everything[name] as unknown;
  const { schema } = described(name);
  const candidates = [
    typeof value === 'number' ? String(value + 1) : undefined,
    typeof value === 'string' ? `${described(name).example}1` : undefined,
    'true',
    'false',
    'production',
    'development',
    'embedded',
    'debug',
    'hub',
    'none',
    'catalogue',
    'file',
    'optional',
    'required',
    'plain',
    'scram-sha-256',
  ].filter((text) => text !== undefined && text !== described(name).example);
  const parsed = candidates.map((text) => schema.safeParse(text));
  const buffer = Buffer.isBuffer(value) ? [Buffer.alloc(32, 'another')] : [];
  return [...buffer, ...parsed.flatMap((each) => (each.success ? [each.data] : [])), undefined];
}

describe('No setting without effect', () => {
  it.each(names.filter((name) => !refuseAlone.includes(name)))('%s changes the configuration', (name) => {
    const before = configurationOf(everything);
    const changed = others(name).some((other) => {
      try {
        return configurationOf({ ...everything, [name]: other }) !== before;
      } catch {
        // A variable that the configuration cannot do without.
        return false;
      }
    });
    expect(changed).toBe(true);
  });

  describe('every property of the configuration', () => {
    const file = path.join(projectRoot(), 'src/configuration/configuration.ts');
    let service: ts.LanguageService;
    let program: ts.Program;
    beforeAll(() => {
      service = languageService();
      program = service.getProgram()!;
    }, 60_000);

    it('is read by a part outside the configuration', () => {
      const found = propertiesIn(program.getSourceFile(file)!, []);
      expect(found.length).toBeGreaterThan(100);
      expect(found.filter(({ node }) => !isRead(node)).map(({ name }) => name)).toEqual([]);
    });

    /** References to a property that read it, outside the configuration. */
    function reads(node: ts.Declaration): readonly ts.Node[] {
      const at = node.getSourceFile();
      const name = (node as ts.NamedDeclaration).name ?? node;
      const groups = service.findReferences(at.fileName, name.getStart()) ?? [];
      return groups
        .flatMap(({ references }) => references)
        .filter(({ fileName }) => !fileName.includes('/src/configuration/'))
        .flatMap(({ fileName, textSpan }) => tokenAt(program.getSourceFile(fileName)!, textSpan.start))
        .filter(
          ({ parent }) =>
            // Not where an object is made, nor where the property is declared.
            !ts.isPropertyAssignment(parent) &&
            !ts.isPropertySignature(parent) &&
            !ts.isPropertyDeclaration(parent),
        );
    }

    /** Read itself, or one of its namesakes is. */
    function isRead(node: ts.Declaration): boolean {
      return reads(node).length > 0 || namesakes(node, 0).some((each) => reads(each).length > 0);
    }

    /** What a property is called where it is handed on whole with what holds it: the same property of the type that is wanted there. */
    function namesakes(node: ts.Declaration, depth: number): readonly ts.Declaration[] {
      const holder = node.parent.parent;
      if (depth > 4 || !ts.isPropertySignature(holder) || !ts.isPropertySignature(node)) return [];
      const checker = program.getTypeChecker();
      const handedOn = namesakes(holder, depth + 1);
      const types = [
        ...handedOn.map((each) => checker.getNonNullableType(checker.getTypeAtLocation(each))),
        ...[holder, ...handedOn].flatMap(wantedTypes),
      ];
      const found = types.flatMap((type) => type.getProperty(node.name.getText())?.declarations ?? []);
      return [...new Set(found)].filter((each) => each !== node);
    }

    /** The types that a value is taken as, wherever it is handed on whole. */
    function wantedTypes(holder: ts.Declaration): readonly ts.Type[] {
      const checker = program.getTypeChecker();
      return reads(holder).flatMap((token) => {
        const whole = ts.isPropertyAccessExpression(token.parent) ? token.parent : token;
        const type = ts.isExpression(whole) ? checker.getContextualType(whole) : undefined;
        return type ? [checker.getNonNullableType(type)] : [];
      });
    }
  });
});

function propertiesIn(
  node: ts.Node,
  trail: readonly string[],
): readonly { readonly name: string; readonly node: ts.PropertySignature }[] {
  const own = ts.isPropertySignature(node)
    ? [...trail, node.name.getText()]
    : ts.isTypeAliasDeclaration(node)
      ? [node.name.text]
      : trail;
  const inside: { name: string; node: ts.PropertySignature }[] = [];
  ts.forEachChild(node, (child) => void inside.push(...propertiesIn(child, own)));
  return ts.isPropertySignature(node) ? [{ name: own.join('.'), node }, ...inside] : inside;
}

function tokenAt(node: ts.Node, position: number): readonly ts.Node[] {
  if (position < node.getStart() || position >= node.getEnd()) return [];
  const inside: ts.Node[] = [];
  ts.forEachChild(node, (child) => void inside.push(...tokenAt(child, position)));
  return inside.length > 0 ? inside : [node];
}

function languageService(): ts.LanguageService {
  const root = projectRoot();
  const read = (name: string) => ts.sys.readFile(name);
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), read) as { config: object };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = fileNames.filter((name) => !name.endsWith('.test.ts') && !name.includes('/test/'));
  return ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getScriptFileNames: () => program,
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: (of) => ts.getDefaultLibFilePath(of),
  });
}
