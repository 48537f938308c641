/**
 * design.json in and out. Reading parses, brings older versions up to date and validates, and says precisely what is
 * wrong and where; writing is canonical: the same design gives the same bytes. Unknown fields and layers are kept.
 */
import { AppError } from "../errors.ts";
import { layerDefinition } from "../layers/registry.ts";
import { assertAnnotationIds } from "./annotations.ts";
import { DESIGN_FORMAT, DESIGN_FORMAT_VERSION, type DesignDocument, designSchema } from "./document.ts";
import { assertEdgeEnds, type LayerLookup, nodeMap } from "./ports.ts";
import { schemaError } from "./schema-error.ts";
import { soundGroups } from "./sound-groups.ts";

type Json = Readonly<Record<string, unknown>>;
/** Version it starts from → what makes the next version of it. Migrations stay as they are for ever. */
export type Migrations = Readonly<Record<number, (design: Json) => Json>>;

const MIGRATIONS: Migrations = {};

/**
 * @param json text of the file, or what was parsed from it
 * @throws AppError design.not_json, cut_off, wrong_format, no_version, wrong_version, newer_version, bad_field, duplicate_id, name_taken,
 *                  edge_end_missing, edge_unknown_port, shared_owner_missing, group_unknown_node
 */
export function readDesign(json: unknown, lookup: LayerLookup = layerDefinition): DesignDocument {
  const raw = typeof json === "string" ? parse(json) : json;
  const parsed = designSchema.safeParse(migrate(raw, MIGRATIONS, DESIGN_FORMAT_VERSION));
  if (!parsed.success) throw schemaError(parsed.error, raw);
  assertReferences(parsed.data, lookup);
  const { graph } = parsed.data;
  return { ...parsed.data, graph: { ...graph, groups: soundGroups(graph.groups) } };
}

/** Checks format and version and applies what lies between the file's version and `version`. */
export function migrate(raw: unknown, migrations: Migrations, version: number): Json {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw))
    throw new AppError("design.wrong_format", { expected: DESIGN_FORMAT, received: Array.isArray(raw) ? "[…]" : String(raw) });
  let design = raw as Json;
  if (design["format"] !== DESIGN_FORMAT)
    throw new AppError("design.wrong_format", { expected: DESIGN_FORMAT, received: JSON.stringify(design["format"]) ?? "–" });
  const from = design["format_version"];
  if (from === undefined) throw new AppError("design.no_version", { supported: version });
  if (typeof from !== "number" || !Number.isInteger(from) || from < 1)
    throw new AppError("design.wrong_version", { supported: version, received: JSON.stringify(from).slice(0, 60) });
  if (from > version) throw new AppError("design.newer_version", { version: from, supported: version });
  for (let at = from; at < version; at++) {
    const step = migrations[at];
    if (step === undefined) throw new Error(`there is no migration from design version ${at}`);
    design = { ...step(design), format_version: at + 1 };
  }
  return design;
}

function parse(text: string): unknown {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") throw new AppError("design.empty_file");
  try {
    return JSON.parse(trimmed);
  } catch (error) {
    if (isCutOff(trimmed)) throw new AppError("design.cut_off", { length: text.length });
    throw new AppError("design.not_json", { detail: error instanceof Error ? error.message : String(error) });
  }
}

/** Whether a JSON text that began as an object ends inside it: brackets are open, or a string is. */
function isCutOff(text: string): boolean {
  if (!text.startsWith("{")) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
  }
  return inString || depth > 0;
}

/** What one document must hold together: unique ids and names, edges between ports that are there. */
function assertReferences({ graph }: DesignDocument, lookup: LayerLookup): void {
  const nodes = nodeMap(graph);
  const names = new Set<string>();
  const ids = new Set<string>();
  for (const node of graph.nodes) {
    if (ids.has(node.id)) throw new AppError("design.duplicate_id", { id: node.id });
    if (names.has(node.name)) throw new AppError("design.name_taken", { name: node.name }, { nodeId: node.id });
    ids.add(node.id);
    names.add(node.name);
    if (node.shared_with !== null && (node.shared_with === node.id || !nodes.has(node.shared_with)))
      throw new AppError("design.shared_owner_missing", { name: node.name }, { nodeId: node.id });
  }
  const edgeIds = new Set<string>();
  for (const edge of graph.edges) {
    if (edgeIds.has(edge.id)) throw new AppError("design.duplicate_id", { id: edge.id });
    edgeIds.add(edge.id);
    assertEdgeEnds(edge, (id) => nodes.get(id), lookup);
  }
  assertAnnotationIds(graph.annotations ?? []);
  const groupIds = new Set<string>();
  for (const group of graph.groups) {
    if (groupIds.has(group.id)) throw new AppError("design.duplicate_id", { id: group.id });
    groupIds.add(group.id);
    for (const id of group.node_ids) if (!nodes.has(id)) throw new AppError("design.group_unknown_node", { group: group.name, node: id });
  }
}

/** Keys in the order of docs/design-format.md; all others follow in code-point order, so options are sorted. */
const KEY_ORDER = [
  "format",
  "format_version",
  "id",
  "kind",
  "name",
  "type",
  "graph",
  "nodes",
  "edges",
  "groups",
  "annotations",
  "direction",
  "source",
  "source_port",
  "target",
  "target_port",
  "config",
  "position",
  "x",
  "y",
  "shared_with",
  "bypassed",
  "node_ids",
  "collapsed",
  "train",
  "data",
  "options",
  "columns",
  "steps",
  "split",
  "role",
  "missing_tokens",
  "method",
  "validation_fraction",
  "seed",
  "feature_count",
  "class_count",
  "notes",
];
const KEY_RANK: ReadonlyMap<string, number> = new Map(KEY_ORDER.map((key, index) => [key, index]));

/** The canonical text: keys in a fixed order, two spaces, a newline at the end. */
export function writeDesign(design: DesignDocument): string {
  return `${JSON.stringify(sorted(design, ""), null, 2)}\n`;
}

/** Options of layers and of training are a world of their own: sorted by name throughout. */
function sorted(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item, path));
  if (value === null || typeof value !== "object") return value;
  const free = /\.(config|train|options)(\.|$)/.test(path);
  const rank = (key: string): number => (free ? 0 : (KEY_RANK.get(key) ?? KEY_ORDER.length));
  const keys = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, sorted((value as Json)[key], `${path}.${key}`)]));
}
