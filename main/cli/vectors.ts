/** --vectors: files of word vectors that layers of embeddings start from, as in the inspector of the app. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { AppError } from "../../core/errors.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import type { DatasetProfile } from "../../core/protocol/methods.ts";
import { validateConfig } from "../../core/schema/validate.ts";
import type { OpenedHost } from "../host/host.ts";
import { type Output, ProgressBar } from "./output.ts";

export interface GivenVectors {
  /** Name of the layer; null where the design has one layer of vectors. */
  readonly layer: string | null;
  readonly file: string;
}

/** `words=glove.txt`, or a file alone; a file whose own name holds "=" is taken for what it is. */
export function readGivenVectors(text: string): GivenVectors {
  const equals = text.indexOf("=");
  return equals <= 0 || existsSync(text) ? { layer: null, file: text } : { layer: text.slice(0, equals), file: text.slice(equals + 1) };
}

/**
 * The design with what its layers start from.
 * @throws AppError data.vectors_*, data.file_not_found
 */
export async function withVectors(
  host: OpenedHost,
  profile: DatasetProfile,
  given: DesignDocument,
  { vectors, freezeVectors }: { readonly vectors: readonly GivenVectors[]; readonly freezeVectors: boolean },
  output: Output,
): Promise<DesignDocument> {
  let design = given;
  for (const { layer, file } of vectors) {
    const node = layerFor(design, layer);
    const found = await read(host, profile.dataset.id, design, node, file);
    design = applyCommand(design, { type: "set_vectors", id: node.id, vectors: found.vectors }).design;
    if (freezeVectors) design = applyCommand(design, { type: "set_frozen", frozen: { [node.id]: true } }).design;
    refuseOtherWidth(node, found.vectors);
    const { name, width } = found.vectors;
    output.result(
      { event: "vectors", layer: node.name, file: name, width, found: found.found, of: found.of, missing: found.missing },
      `${found.found.toLocaleString("en")} of ${found.of.toLocaleString("en")} words of '${node.name}' have a vector in ${name} (${width} numbers each)`,
    );
  }
  return design;
}

async function read(host: OpenedHost, datasetId: string, design: DesignDocument, node: NodeDocument, file: string) {
  const readId = randomUUID();
  const bar = new ProgressBar();
  const stopListening = host.onEvent((event, payload) => {
    if (event === "vectors.progress" && "read_id" in payload && payload.read_id === readId)
      bar.show(payload.bytes / Math.max(1, payload.total_bytes), `${payload.found} words found`);
  });
  try {
    const asked = { dataset_id: datasetId, design, node_id: node.id, file: resolve(file), name: basename(file), read_id: readId };
    return await host.handlers["vectors.read"](asked);
  } finally {
    stopListening();
    bar.clear();
  }
}

/** @throws AppError data.vectors_layer */
function layerFor({ graph }: DesignDocument, name: string | null): NodeDocument {
  const layers = graph.nodes.filter(
    ({ type, shared_with }) => shared_with === null && layerDefinition(type)?.traits.wordVectors !== undefined,
  );
  const [found, ...others] = name === null ? layers : layers.filter((node) => node.name === name);
  if (found === undefined || others.length > 0)
    throw new AppError("data.vectors_layer", { count: layers.length, layers: layers.map((node) => node.name).join(", ") || "–" });
  return found;
}

/** Before a run is made of it. @throws AppError data.vectors_width */
function refuseOtherWidth(node: NodeDocument, { name, width }: { readonly name: string; readonly width: number }): void {
  const definition = layerDefinition(node.type);
  const field = definition?.traits.wordVectors?.widthField;
  if (definition === undefined || field === undefined) return;
  const expected = validateConfig(definition.schema, node.config, node.name)[field];
  if (expected !== width)
    throw new AppError(
      "data.vectors_width",
      { layer: node.name, file: name, option: field, expected: String(expected), received: width },
      { nodeId: node.id },
    );
}
