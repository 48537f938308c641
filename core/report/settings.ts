/** A design as settings by name, so that two designs can be set side by side: layers by their names, training, data, preparation. */
import type { DesignDocument } from "../graph/document.ts";

/** By a name that people read (`hidden_1 · units`); values as they stand in the design. */
export function settingsOf({ graph, train, data }: DesignDocument): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  for (const node of graph.nodes) {
    found.set(node.name, node.type);
    put(found, node.name, node.config);
    const inputs = graph.edges.filter(({ target }) => target === node.id).map(({ source }) => names.get(source) ?? source);
    if (inputs.length > 0) found.set(`${node.name} · ←`, inputs.join(", "));
  }
  put(found, "train", train);
  if (data === null) return found;
  put(found, "split", data.split);
  data.steps.forEach((step, place) => put(found, `step ${place + 1}`, step));
  for (const { name, type, role } of data.columns) if (role === "target" || role === "weight") found.set(`${role} · ${name}`, type);
  return found;
}

function put(found: Map<string, string>, owner: string, value: unknown): void {
  if (value === null || value === undefined) return;
  if (typeof value !== "object") {
    found.set(owner, String(value));
    return;
  }
  if (Array.isArray(value)) {
    found.set(owner, value.map((one) => (typeof one === "object" ? JSON.stringify(one) : String(one))).join(", "));
    return;
  }
  for (const [name, inner] of Object.entries(value)) put(found, `${owner} · ${name}`, inner);
}
