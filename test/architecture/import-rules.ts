/**
 * Holds the tree to areas.ts: reads every import (static, dynamic, of types, of workers by URL), finds the file it means,
 * and says which are not allowed. Also refused: cycles of files (of types too: one cannot be read without the other), imports of tests, files in no area,
 * paths that lead nowhere and packages that package.json does not name.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type Area, areas, TESTS } from "./areas.ts";
import { isNode, lineOf, parseFile, type SyntaxNode, sourceFiles, stringValue, walk } from "./source-tree.ts";

interface Import {
  readonly from: string;
  readonly line: number;
  readonly specifier: string;
  /** Gone at run time: `import type`. */
  readonly typeOnly: boolean;
  /** Starts another thread or page with the file rather than making it part of this one. */
  readonly byUrl: boolean;
  /** Loaded when it is asked for, when this file has long been loaded: `import()`. */
  readonly later: boolean;
}

export interface ImportReport {
  readonly fileCount: number;
  /** One line each: `from:line area → target: rule`. */
  readonly violations: readonly string[];
}

export function checkImports(root: string): ImportReport {
  const files = sourceFiles(root);
  const violations: string[] = [];
  const imported = new Map<string, string[]>();
  const declared = declaredPackages(root);
  for (const file of files) {
    const area = areaOf(file);
    if (area === undefined) {
      violations.push(`${file}: [no area] lies in no area of test/architecture/areas.ts. Put it where it belongs, or add an area.`);
      continue;
    }
    const targets: string[] = [];
    for (const found of importsOf(root, file)) {
      const target = found.specifier.startsWith(".") ? posix.join(posix.dirname(file), found.specifier.replace(/\?.*$/, "")) : null;
      const problem = target === null ? packageProblem(area, found.specifier, declared) : fileProblem(root, area, file, target, found);
      if (problem !== null) violations.push(`${file}:${found.line}: ${problem}`);
      else if (target !== null && !found.byUrl && !found.later) targets.push(target);
    }
    imported.set(file, targets);
  }
  violations.push(
    ...cycles(imported).map((cycle) => `${cycle[0]}: [cycle] ${[...cycle, cycle[0]].join(" → ")}. Move what both need into a third file.`),
  );
  return { fileCount: files.length, violations };
}

function areaOf(file: string): Area | undefined {
  return areas.find((area) => area.files.test(file));
}

function fileProblem(root: string, area: Area, file: string, target: string, found: Import): string | null {
  if (!existsSync(join(root, target))) {
    // A build product named by URL, next to the entry that the build writes, is not in the tree.
    return found.byUrl && !/\.tsx?$/.test(target)
      ? null
      : `[leads nowhere] ${found.specifier} is no file. Write the path with its extension.`;
  }
  if (area.name === TESTS) return null;
  const targetArea = areaOf(target);
  if (targetArea?.name === TESTS) return `[imports a test] ${area.name} imports ${target}. What is shipped never imports a test.`;
  const own = targetArea === area && (area.itself === "all" || (area.itself !== "none" && sameFolders(file, target, area.itself)));
  if (own || area.may.some((allowed) => allowed.test(target))) return null;
  if (found.typeOnly && area.mayTypes?.some((allowed) => allowed.test(target)) === true) return null;
  const typesToo = area.mayTypes?.some((allowed) => allowed.test(target)) === true ? " Its types are allowed: write `import type`." : "";
  return `[${area.name}] may not import ${target}.${typesToo}`;
}

/** Whether two paths have this many leading folders in common. */
function sameFolders(a: string, b: string, count: number): boolean {
  const folders = (path: string): string => path.split("/").slice(0, -1).slice(0, count).join("/");
  return folders(a) === folders(b);
}

function packageProblem(area: Area, specifier: string, declared: ReadonlySet<string>): string | null {
  const name = specifier.startsWith("node:")
    ? "node:"
    : specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/");
  if (!area.packages.includes("*") && !area.packages.includes(name)) return `[${area.name}] may not import ${specifier}.`;
  if (name !== "node:" && !declared.has(name)) return `[undeclared package] package.json does not name ${name}.`;
  return null;
}

function declaredPackages(root: string): ReadonlySet<string> {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, Record<string, string> | undefined>;
  return new Set([...Object.keys(manifest["dependencies"] ?? {}), ...Object.keys(manifest["devDependencies"] ?? {})]);
}

function importsOf(root: string, file: string): readonly Import[] {
  const { program, text } = parseFile(root, file);
  const found: Import[] = [];
  const add = (node: SyntaxNode, specifier: string | null, kind: Partial<Pick<Import, "typeOnly" | "byUrl" | "later">> = {}): void => {
    if (specifier !== null)
      found.push({
        from: file,
        line: lineOf(text, node.start),
        specifier,
        typeOnly: kind.typeOnly ?? false,
        byUrl: kind.byUrl ?? false,
        later: kind.later ?? false,
      });
  };
  walk(program, (node) => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        add(node, stringValue(node["source"]), { typeOnly: onlyTypes(node) });
        break;
      case "ImportExpression":
        add(node, stringValue(node["source"]), { later: true });
        break;
      case "TSImportType":
        add(node, stringValue(node["source"] ?? node["argument"]), { typeOnly: true });
        break;
      case "CallExpression":
        if (isGlob(node["callee"])) for (const path of filesOfGlob(root, file, stringValue(argumentsOf(node)[0]))) add(node, path);
        if (isIdentifier(node["callee"], "require")) add(node, stringValue(argumentsOf(node)[0]));
        break;
      case "NewExpression":
        if (isIdentifier(node["callee"], "URL") && isImportMetaUrl(argumentsOf(node)[1]))
          add(node, relativeFile(stringValue(argumentsOf(node)[0])), { byUrl: true });
        break;
    }
  });
  return found;
}

function argumentsOf(node: SyntaxNode): readonly unknown[] {
  return Array.isArray(node["arguments"]) ? node["arguments"] : [];
}

function isIdentifier(node: unknown, name: string): boolean {
  return isNode(node) && node.type === "Identifier" && node["name"] === name;
}

function isImportMetaUrl(node: unknown): boolean {
  return (
    isNode(node) &&
    node.type === "MemberExpression" &&
    isNode(node["object"]) &&
    node["object"].type === "MetaProperty" &&
    isIdentifier(node["property"], "url")
  );
}

/** `import.meta.glob`, which Vite turns into imports of every file that matches. */
function isGlob(node: unknown): boolean {
  return (
    isNode(node) &&
    node.type === "MemberExpression" &&
    isNode(node["object"]) &&
    node["object"].type === "MetaProperty" &&
    isIdentifier(node["property"], "glob")
  );
}

/** The files that a relative pattern means, as import paths; the pattern itself, which leads nowhere, when there are none. */
function filesOfGlob(root: string, file: string, pattern: string | null): readonly string[] {
  if (pattern === null) return ["./pattern-that-is-no-literal"];
  const folder = posix.dirname(file);
  const matching = globSync(posix.join(folder, pattern), { cwd: root }).map((path) => path.replaceAll("\\", "/"));
  return matching.length === 0 ? [pattern] : matching.map((path) => `./${posix.relative(folder, path)}`);
}

/** URLs that mean a source file; folders and build products are no imports. */
function relativeFile(specifier: string | null): string | null {
  return specifier !== null && /^\.{1,2}\/.*\.tsx?$/.test(specifier) ? specifier : null;
}

/** `import type`, `export type`, or braces in which every name is marked as a type. */
function onlyTypes(node: SyntaxNode): boolean {
  if (node["importKind"] === "type" || node["exportKind"] === "type") return true;
  const specifiers = Array.isArray(node["specifiers"]) ? node["specifiers"].filter(isNode) : [];
  return specifiers.length > 0 && specifiers.every((specifier) => specifier["importKind"] === "type" || specifier["exportKind"] === "type");
}

/** One cycle for each file on which a walk of the imports comes back. */
function cycles(imports: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const state = new Map<string, "open" | "done">();
  const path: string[] = [];
  const visit = (file: string): void => {
    state.set(file, "open");
    path.push(file);
    for (const target of imports.get(file) ?? []) {
      if (state.get(target) === "open") found.push(path.slice(path.indexOf(target)));
      else if (state.get(target) === undefined) visit(target);
    }
    path.pop();
    state.set(file, "done");
  };
  for (const file of imports.keys()) if (state.get(file) === undefined) visit(file);
  return found;
}
