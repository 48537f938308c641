/** Designs for acceptance runs: layers in a row between one input and one output, with training and data sections as given. */
export interface ChainLayer {
  readonly type: string;
  readonly config: object;
}

export interface ChainDesign {
  readonly name: string;
  readonly layers: readonly ChainLayer[];
  readonly loss: string;
  readonly train: object;
  /** Null: proposed from the file and its target. */
  readonly data: object | null;
}

/** The text of a design.json. */
export function chainDesign({ name, layers, loss, train, data }: ChainDesign): string {
  const nodes = [{ type: "input", config: {} }, ...layers, { type: "output", config: { loss } }].map((layer, place) => ({
    ...layer,
    id: `n${place}`,
    name: `${layer.type}_${place}`,
    position: { x: 220 * place, y: 0 },
  }));
  const edges = nodes
    .slice(1)
    .map(({ id }, place) => ({ id: `e${place}`, source: `n${place}`, source_port: "output", target: id, target_port: "input" }));
  const design = { format: "neuroloom-design", format_version: 1, name, graph: { nodes, edges, groups: [] }, train, data, notes: "" };
  return JSON.stringify(design, null, 1);
}
