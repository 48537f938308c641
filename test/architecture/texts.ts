/**
 * What people read, checked: finds every text with its two languages, in the catalogues of resources/translations and in the
 * `texts` of layers, activations and steps, and every error code that the source throws.
 */
import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Catalogue } from "../../resources/translations/translate.ts";
import { isNode, lineOf, parseFile, type SyntaxNode, sourceFiles, stringValue, walk } from "./source-tree.ts";

const ERROR_CATALOGUES = "resources/translations/errors/*.ts";
const TEXT_FILES = ["resources/translations/**/*.ts", "core/**/texts.ts", "core/**/definition.ts", "core/**/fields.ts"];
const TESTS = /^test\/|\.(test|spec)\.tsx?$/;

/** All error texts by code. @throws Error when two catalogues hold the same code */
export async function errorCatalogue(root: string): Promise<Catalogue> {
  const all: Record<string, Catalogue[string]> = {};
  for (const file of globSync(ERROR_CATALOGUES, { cwd: root }))
    for (const catalogue of Object.values(await load(root, file)))
      for (const [code, text] of Object.entries(catalogue as Catalogue)) {
        if (Object.hasOwn(all, code)) throw new Error(`${code} is in two catalogues, one of them ${file}`);
        all[code] = text;
      }
  return all;
}

function load(root: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(join(root, file)).href);
}

/** Names in braces: what the text wants to be told. */
export function placeholders(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();
}

export interface ThrownCode {
  readonly place: string;
  readonly code: string;
  /** Names of the values given with it; null when they are not written out at the place. */
  readonly params: readonly string[] | null;
}

/** Every `new AppError("code", {…})` of the tree, tests left out. A conditional code counts as both. */
export function thrownCodes(root: string): readonly ThrownCode[] {
  return shippedFiles(root).flatMap((file) => {
    const { program, text } = parseFile(root, file);
    const found: ThrownCode[] = [];
    walk(program, (node) => {
      if (node.type !== "NewExpression" || !isNode(node["callee"]) || node["callee"]["name"] !== "AppError") return;
      const [code, params] = node["arguments"] as readonly unknown[];
      for (const value of literalsOf(code))
        found.push({ place: `${file}:${lineOf(text, node.start)}`, code: value, params: namesOf(params) });
    });
    return found;
  });
}

/**
 * Codes that are handed to a function that makes the error, or stand in `{ code: … }`: every literal in such a place that looks
 * like a code of an area that has a catalogue.
 * @param others names that look the same and are none: methods and events of the protocol
 */
export function passedCodes(root: string, areas: ReadonlySet<string>, others: ReadonlySet<string>): readonly ThrownCode[] {
  return shippedFiles(root).flatMap((file) => {
    const { program, text } = parseFile(root, file);
    const found: ThrownCode[] = [];
    walk(program, (node, parents) => {
      const code = node.type === "Literal" ? stringValue(node) : null;
      const area = code === null ? undefined : /^([a-z_]+)\.[a-z][a-z_0-9]*$/.exec(code)?.[1];
      if (code === null || area === undefined || !areas.has(area) || others.has(code)) return;
      const parent = parents.at(-1);
      const handedOn = parent?.type === "CallExpression" || parent?.type === "ConditionalExpression";
      const asCode = parent?.type === "Property" && isNode(parent["key"]) && parent["key"]["name"] === "code";
      if (handedOn || asCode) found.push({ place: `${file}:${lineOf(text, node.start)}`, code, params: null });
    });
    return found;
  });
}

/** Every string of the tree that stands alone as a literal: codes are also kept in tables before they are thrown. */
export function literalStrings(root: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of shippedFiles(root))
    walk(parseFile(root, file).program, (node) => {
      const value = node.type === "Literal" || node.type === "TemplateLiteral" ? stringValue(node) : null;
      if (value !== null) found.add(value);
    });
  return found;
}

function shippedFiles(root: string): readonly string[] {
  return sourceFiles(root).filter((file) => /\.tsx?$/.test(file) && !TESTS.test(file) && !file.startsWith("resources/"));
}

function literalsOf(node: unknown): readonly string[] {
  if (isNode(node) && node.type === "ConditionalExpression") return [...literalsOf(node["consequent"]), ...literalsOf(node["alternate"])];
  const value = stringValue(node);
  return value === null ? [] : [value];
}

/** Keys of an object that is written out; null when it is a variable or spreads one. */
function namesOf(node: unknown): readonly string[] | null {
  if (node === undefined) return [];
  if (!isNode(node) || node.type !== "ObjectExpression") return null;
  const properties = (node["properties"] as readonly SyntaxNode[]).map((property) => {
    if (property.type !== "Property" || property["computed"] === true || !isNode(property["key"])) return null;
    return stringValue(property["key"]) ?? String(property["key"]["name"]);
  });
  return properties.includes(null) ? null : properties.filter((name) => name !== null);
}

export interface Text {
  readonly place: string;
  readonly en: string;
  readonly zh: string;
}

/** Every text with its two languages. @throws Error when the languages of a pair do not have the same fields */
export async function allTexts(root: string): Promise<readonly Text[]> {
  const files = TEXT_FILES.flatMap((pattern) => globSync(pattern, { cwd: root })).filter((path) => !TESTS.test(path));
  const texts: Text[] = [];
  for (const file of files) texts.push(...textsIn(await load(root, file), file));
  return texts;
}

/** The texts in what a file exports: pairs of strings, and objects with `en` and `zh`, at any depth. @throws Error as allTexts */
export function textsIn(value: unknown, place: string): readonly Text[] {
  const texts: Text[] = [];
  collect(value, place, texts);
  return texts;
}

function collect(value: unknown, place: string, texts: Text[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    const [en, zh] = value as readonly unknown[];
    if (value.length === 2 && typeof en === "string" && typeof zh === "string") texts.push({ place, en, zh });
  } else if ("en" in value && "zh" in value) pair(value.en, value.zh, place, texts);
  else for (const [key, inner] of Object.entries(value)) collect(inner, `${place} › ${key}`, texts);
}

function pair(en: unknown, zh: unknown, place: string, texts: Text[]): void {
  if (typeof en === "string" && typeof zh === "string") {
    texts.push({ place, en, zh });
    return;
  }
  if (typeof en !== "object" || en === null || typeof zh !== "object" || zh === null)
    throw new Error(`${place}: English and 中文 are not of one kind`);
  const [english, chinese] = [en as Record<string, unknown>, zh as Record<string, unknown>];
  const fields = Object.keys(english).sort().join(", ");
  if (fields !== Object.keys(chinese).sort().join(", "))
    throw new Error(`${place}: English has ${fields}; 中文 has ${Object.keys(chinese).sort().join(", ")}`);
  for (const key of Object.keys(english)) pair(english[key], chinese[key], `${place} › ${key}`, texts);
}
