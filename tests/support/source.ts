// Reads the project's own source: files, what they import, and a walk over their syntax trees.
import fs from 'node:fs';
import path from 'node:path';
import { parseAst } from 'vitest/node';

export const root = path.resolve(import.meta.dirname, '../..');

export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

export interface Source {
  /** From the root, with slashes: 'src/web/pages.ts'. */
  path: string;
  text: string;
  tree: Node;
}

export interface Import {
  from: string;
  isType: boolean;
  line: number;
}

/** All files below a folder whose name ends so, in order of name. */
export function filesBelow(folder: string, ending: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name.split(path.sep).join('/')}`)
    .sort();
}

export const textOf = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

export function sourcesBelow(folder: string): Source[] {
  return filesBelow(folder, '.ts').map((file) => {
    const text = textOf(file);
    return { path: file, text, tree: treeOf(text) };
  });
}

export function treeOf(text: string): Node {
  return parseAst(text, { lang: 'ts' }) as unknown as Node;
}

interface Place {
  node: Node;
  /** The way down to it, the nearest last. */
  above: readonly Node[];
}

const walked = new WeakMap<Node, Place[]>();

/** The node and everything below it; remembered, since one rule after another walks the same trees. */
export function nodesOf(node: Node): readonly Place[] {
  const places = walked.get(node) ?? placesBelow(node, [], []);
  walked.set(node, places);
  return places;
}

function placesBelow(node: Node, above: readonly Node[], places: Place[]): Place[] {
  places.push({ node, above });
  const below = [...above, node];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const child of value) if (isNode(child)) placesBelow(child, below, places);
    } else if (isNode(value)) placesBelow(value, below, places);
  }
  return places;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

export const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** Lists a file's imports, also by `import()` and by passing exports on. */
export function importsOf({ text, tree }: Source): Import[] {
  const imports: Import[] = [];
  for (const { node } of nodesOf(tree)) {
    const source = node.source as { type: string; value?: unknown } | null | undefined;
    if (!/^(Import|ExportNamed|ExportAll)(Declaration|Expression)$/.test(node.type) || !source) continue;
    const from = source.type === 'Literal' ? String(source.value) : '(worked out at run time)';
    imports.push({ from, isType: isTypeOnly(node), line: lineOf(text, node.start) });
  }
  return imports;
}

function isTypeOnly(node: Node): boolean {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const parts = (node.specifiers ?? []) as Node[];
  return parts.length > 0 && parts.every((part) => part.importKind === 'type' || part.exportKind === 'type');
}
