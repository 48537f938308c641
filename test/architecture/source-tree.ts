/**
 * The tree as the architecture tests see it: source files by their path from the root, and their syntax, read by the parser
 * that Vite brings. (dependency-cruiser would do the first part, but under TypeScript 7 it reads no JSX and cannot tell
 * `import type` from `import`.) The root is given, so that tests can plant mistakes in a copy.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";

const SOURCE_FOLDERS = ["core", "main", "preload", "renderer", "resources", "test"];
const SOURCE_FILE = /\.(ts|tsx|mts|mjs|js|cjs)$/;

export interface SyntaxNode {
  readonly type: string;
  /** Offset of its first character. */
  readonly start: number;
  readonly [property: string]: unknown;
}

/** All source files below the root, with `/` between folders, sorted. */
export function sourceFiles(root: string): readonly string[] {
  const atTop = readdirSync(root, { withFileTypes: true });
  const files = atTop.filter((entry) => entry.isFile()).map((entry) => entry.name);
  for (const folder of SOURCE_FOLDERS) {
    if (!atTop.some((entry) => entry.isDirectory() && entry.name === folder)) continue;
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }))
      files.push(`${folder}/${path.replaceAll("\\", "/")}`);
  }
  return files.filter((path) => SOURCE_FILE.test(path) && !path.includes("node_modules/")).sort();
}

/** @throws Error naming the file when it does not parse */
export function parseFile(root: string, path: string): { readonly program: SyntaxNode; readonly text: string } {
  const text = readFileSync(join(root, path), "utf8");
  const { program, errors } = parseSync(path, text, { preserveParens: false });
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`);
  return { program: program as unknown as SyntaxNode, text };
}

/** Visits a node and all below it, parents first. `parents` runs from the root to the nearest. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void,
  parents: readonly SyntaxNode[] = [],
): void {
  visit(node, parents);
  const below = [...parents, node];
  for (const value of Object.values(node)) {
    if (isNode(value)) walk(value, visit, below);
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) walk(item, visit, below);
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" && "start" in value;
}

/** The text of a string literal (or of a template without holes); null for any other node. */
export function stringValue(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node.type === "TemplateLiteral" && Array.isArray(node["quasis"]) && node["quasis"].length === 1) {
    const cooked = (node["quasis"][0] as { value?: { cooked?: unknown } }).value?.cooked;
    return typeof cooked === "string" ? cooked : null;
  }
  if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression") return stringValue(node["expression"]);
  return null;
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
