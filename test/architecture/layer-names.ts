/**
 * The rule "no layer type is named outside its folder": finds where source code compares with, looks up or creates a layer by
 * its type. Whoever needs to know something of a layer asks for a trait of its definition instead.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isNode, lineOf, parseFile, type SyntaxNode, sourceFiles, stringValue, walk } from "./source-tree.ts";

/**
 * Files that the rule is not about: tests and their tools, shipped data and texts, the generated look-up itself; and blocks and
 * proposals, which are drawings of certain layers as templates are.
 */
const EXEMPT = /^test\/|^resources\/|\.(test|spec)\.tsx?$|^[^/]+$|^core\/layers\/registry\.ts$|^core\/(blocks|proposals)\//;

/**
 * Words that are a layer's type and an everyday word of the program too: roles and ports (input, output), the name of an option
 * (activation), a kind of change in React Flow and everyday English (add). These count only where a `type` is meant.
 */
const EVERYDAY: ReadonlySet<string> = new Set([
  "input",
  "output",
  "activation",
  "add",
  "subtract",
  "multiply",
  "average",
  "maximum",
  "minimum",
  "dot",
  "slice",
  "permute",
]);

/** Where names of ops are at home; many an op is named as the layer that emits it. There, too, only a `type` counts. */
const OPS_AT_HOME = /^core\/(ir|kernels|layers)\/|^core\/spec\/build|\/implementations?\.ts$/;

/** Whose `type` is not a layer's: change objects of React Flow and events of the page. */
const NOT_LAYERS: ReadonlySet<string> = new Set(["change", "event"]);

export function layerTypes(root: string): readonly string[] {
  const folder = join(root, "core/layers");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "index.ts")))
    .map((entry) => entry.name);
}

/** One line for every place outside its folder that names a layer's type. */
export function namedLayers(root: string): { readonly fileCount: number; readonly violations: readonly string[] } {
  const types = new Set(layerTypes(root));
  const files = sourceFiles(root).filter((file) => !EXEMPT.test(file));
  const violations = files.flatMap((file) => {
    const own = /^core\/layers\/([^/]+)\//.exec(file)?.[1];
    const { program, text } = parseFile(root, file);
    const found: string[] = [];
    walk(program, (node, parents) => {
      const name = nameIn(node);
      if (name === null || !types.has(name) || name === own) return;
      const how = typeMeant(node, parents) ?? (EVERYDAY.has(name) || OPS_AT_HOME.test(file) ? null : "names it");
      if (how !== null && !isPath(parents))
        found.push(`${file}:${lineOf(text, node.start)}: ${how} "${name}". Ask for a trait of the definition instead.`);
    });
    return found;
  });
  return { fileCount: files.length, violations };
}

/** The text of a string literal or of an object's key. */
function nameIn(node: SyntaxNode): string | null {
  if (
    node.type === "Property" &&
    node["computed"] !== true &&
    isNode(node["key"]) &&
    node["key"].type === "Identifier" &&
    node["shorthand"] !== true
  )
    return String(node["key"]["name"]);
  return node.type === "Literal" || node.type === "TemplateLiteral" ? stringValue(node) : null;
}

/** How the code means a layer's type with this literal, or null when it does not. */
function typeMeant(node: SyntaxNode, parents: readonly SyntaxNode[]): string | null {
  const parent = parents.at(-1);
  const above = parents.at(-2);
  switch (parent?.type) {
    case "BinaryExpression":
      return isType(parent["left"]) || isType(parent["right"]) ? "compares a type with" : null;
    case "SwitchCase":
      return isType(above?.["discriminant"]) ? "switches on a type for" : null;
    case "Property":
      return node.type !== "Property" && parent["value"] === node && isTypeName(nameOf(parent["key"])) ? "creates a layer of type" : null;
    case "JSXAttribute":
      return isTypeName(nameOf(parent["name"])) && isComponent(above) ? "gives a component the type" : null;
    case "CallExpression":
    case "NewExpression":
      return parent["callee"] !== node && holdsLayers(nameOf(parent["callee"])) ? "looks up or creates" : null;
    case "MemberExpression":
      return parent["property"] === node && holdsLayers(nameOf(parent["object"])) ? "looks up" : null;
    case "ArrayExpression":
      return isSearchedForType(above, parents.at(-3)) ? "compares a type with" : null;
    case "ObjectExpression":
      return above?.type === "MemberExpression" && isType(above["property"]) ? "looks up by type" : null;
    case "TSLiteralType":
      return parents.some((one) => one.type === "TSPropertySignature" && isTypeName(nameOf(one["key"]))) ? "declares a type" : null;
    default:
      return null;
  }
}

/** `["dense", …].includes(node.type)` */
function isSearchedForType(member: SyntaxNode | undefined, call: SyntaxNode | undefined): boolean {
  return (
    member?.type === "MemberExpression" &&
    call?.type === "CallExpression" &&
    Array.isArray(call["arguments"]) &&
    call["arguments"].some(isType)
  );
}

/** `node.type`, `node?.type`, `layerType`: an expression that holds a type. */
function isType(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node.type === "ChainExpression" || node.type === "TSNonNullExpression" || node.type === "TSAsExpression")
    return isType(node["expression"]);
  if (node.type === "MemberExpression") {
    const property = node["computed"] === true ? (stringValue(node["property"]) ?? "") : nameOf(node["property"]);
    return isTypeName(property) && !NOT_LAYERS.has(nameOf(node["object"]));
  }
  return node.type === "Identifier" && isTypeName(String(node["name"]));
}

function isTypeName(name: string): boolean {
  return /^(type|(layer|node)_?type)$/i.test(name);
}

/** Whether a function or table of this name takes a layer's type; one that goes by role (`layersOfRole`) does not. */
function holdsLayers(name: string): boolean {
  return /layer|node|definition/i.test(name) && !/role/i.test(name);
}

/** The last name of an identifier or a chain of members; empty for anything else. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return "";
  if (node.type === "Identifier" || node.type === "JSXIdentifier") return String(node["name"]);
  if (node.type === "MemberExpression") return node["computed"] === true ? nameOf(node["object"]) : nameOf(node["property"]);
  if (node.type === "ChainExpression") return nameOf(node["expression"]);
  return stringValue(node) ?? "";
}

/** `<input type="…">` is HTML's affair; `<NodePreview type="…">` is ours. */
function isComponent(element: SyntaxNode | undefined): boolean {
  return /^[A-Z]/.test(nameOf(element?.["name"]));
}

/** The path of an import, which import-rules.ts judges. */
function isPath(parents: readonly SyntaxNode[]): boolean {
  return /^(Import|Export)/.test(parents.at(-1)?.type ?? "");
}
