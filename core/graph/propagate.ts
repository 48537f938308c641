/**
 * Live check of a design: from the inputs through every layer, the shape of one sample on each edge, what each node
 * costs, and each mistake on the node where it is made. Nodes behind a mistake get no problem of their own. What goes
 * beyond shapes (advice, one-click fixes) is in core/checks.
 */
import type { ErrorData } from "../errors.ts";
import type { Shape } from "../ir/tensor.ts";
import type { Arrivals, LayerDefinition } from "../layers/layer.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "./document.ts";
import { nodeDataOf } from "./node-data.ts";
import { nodeResult, validConfigOf } from "./node-result.ts";
import { edgesBy, feedOf, kindsFit, type LayerLookup, nodeMap, portOf } from "./ports.ts";
import { designProblem, nodeProblem, type Problem } from "./problem.ts";
import { type NodeResult, PropagationCache } from "./propagation-cache.ts";
import { topologicalOrder } from "./topology.ts";

export interface NodePropagation {
  /** Shapes of one sample, without the batch, in the order in which the layer gets them. Those not known are left out. */
  readonly inputs: readonly Shape[];
  /** One shape a port; null while they are not known. An output node has no ports, so []. */
  readonly outputs: readonly Shape[] | null;
  /** Weights of its own: 0 when it is bypassed or uses another layer's. */
  readonly parameters: number;
  /** Of these, the weights that are not trained. */
  readonly frozenParameters: number;
  /** Of predicting one sample. */
  readonly multiplyAdds: number;
  readonly activationElements: number;
  readonly problems: readonly Problem[];
}
export interface EdgePropagation {
  readonly shape: Shape | null;
  readonly problems: readonly Problem[];
}
export interface Propagation {
  readonly nodes: ReadonlyMap<string, NodePropagation>;
  readonly edges: ReadonlyMap<string, EdgePropagation>;
  /** Of the design as a whole: empty, no input, no output, a cycle. */
  readonly problems: readonly Problem[];
  readonly totals: {
    readonly parameters: number;
    readonly frozenParameters: number;
    readonly multiplyAdds: number;
    readonly activationElements: number;
  };
  /** Node ids, each after those it depends on; stable. Nodes on or behind a cycle are left out. */
  readonly order: readonly string[];
  /** No error anywhere; warnings do not count. */
  readonly ok: boolean;
}

export interface PropagateOptions {
  /** Keep one between calls: only what changed is computed again. */
  readonly cache?: PropagationCache;
  readonly lookup?: LayerLookup;
}

const NOTHING: Omit<NodePropagation, "problems" | "inputs"> = {
  outputs: null,
  parameters: 0,
  frozenParameters: 0,
  multiplyAdds: 0,
  activationElements: 0,
};

export function propagate(design: Pick<DesignDocument, "graph" | "data">, options: PropagateOptions = {}): Propagation {
  return new Walk(design, options.lookup ?? layerDefinition, options.cache ?? new PropagationCache()).run();
}

class Walk {
  private readonly design: Pick<DesignDocument, "graph" | "data">;
  private readonly lookup: LayerLookup;
  private readonly cache: PropagationCache;
  private readonly nodes: ReadonlyMap<string, NodeDocument>;
  private readonly incoming: ReadonlyMap<string, readonly EdgeDocument[]>;
  private readonly found = new Map<string, NodePropagation>();
  private readonly results = new Map<string, NodeResult>();
  private readonly edgeProblems = new Map<string, Problem[]>();

  constructor(design: Pick<DesignDocument, "graph" | "data">, lookup: LayerLookup, cache: PropagationCache) {
    this.design = design;
    this.lookup = lookup;
    this.cache = cache;
    this.nodes = nodeMap(design.graph);
    this.incoming = edgesBy(design.graph, "target");
  }

  run(): Propagation {
    const { graph } = this.design;
    const { order, cyclic } = topologicalOrder(graph);
    for (const edge of graph.edges) this.checkEdge(edge);
    for (const id of order) this.visit(id);
    const names = cyclic.map((id) => this.nodes.get(id)?.name ?? id).join(", ");
    for (const id of cyclic) this.found.set(id, { inputs: [], ...NOTHING, problems: [nodeProblem(id, "design.cycle", { nodes: names })] });
    for (const { id } of graph.nodes) if (!this.found.has(id)) this.found.set(id, { inputs: [], ...NOTHING, problems: [] });
    for (const node of graph.nodes) if (node.shared_with !== null) this.checkSharing(node, node.shared_with);
    for (const edge of graph.edges) this.checkOutput(edge);

    const nodes = new Map(graph.nodes.map((node) => [node.id, this.found.get(node.id) ?? { inputs: [], ...NOTHING, problems: [] }]));
    const edges = new Map(
      graph.edges.map((edge) => [edge.id, { shape: this.shapeOn(edge), problems: this.edgeProblems.get(edge.id) ?? [] }]),
    );
    const problems = [...this.designProblems(), ...(cyclic.length > 0 ? [designProblem("design.cycle", { nodes: names })] : [])];
    const totals = { parameters: 0, frozenParameters: 0, multiplyAdds: 0, activationElements: 0 };
    for (const node of nodes.values()) {
      totals.parameters += node.parameters;
      totals.frozenParameters += node.frozenParameters;
      totals.multiplyAdds += node.multiplyAdds;
      totals.activationElements += node.activationElements;
    }
    return { nodes, edges, problems, totals, order, ok: isSound(nodes, edges, problems) };
  }

  private visit(id: string): void {
    const node = this.nodes.get(id);
    if (node === undefined) return;
    const definition = this.lookup(node.type);
    if (definition === undefined) {
      this.found.set(id, {
        inputs: [],
        ...NOTHING,
        problems: [nodeProblem(id, "design.unknown_layer", { name: node.name, type: node.type })],
      });
      return;
    }
    const { shapes, portNames, complete, missing } = this.arriving(node, definition);
    const problems: Problem[] =
      missing.length > 0 ? [nodeProblem(id, "design.not_connected", { name: node.name, ports: missing.join(", ") })] : [];
    if (node.bypassed) {
      const [first] = shapes;
      if (definition.ports.inputs.length === 0) problems.push(nodeProblem(id, "design.bypassed_input", { name: node.name }));
      const outputs = first === undefined ? null : definition.ports.outputs.map(() => first);
      this.found.set(id, { inputs: shapes, ...NOTHING, outputs, problems });
      return;
    }
    if (!complete) {
      // The options can be wrong although no shape arrives yet: say so now.
      const error = configError(definition, node);
      this.found.set(id, { inputs: shapes, ...NOTHING, problems: error === null ? problems : [...problems, this.asProblem(node, error)] });
      return;
    }
    const someOptional = definition.ports.inputs.some((port) => port.optional === true);
    const result = this.result(node, definition, { inputs: shapes, ...(someOptional ? { portNames } : {}) });
    const { outputs, multiplyAdds, activationElements } = result;
    const own = node.shared_with === null;
    this.found.set(id, {
      inputs: shapes,
      outputs,
      multiplyAdds,
      activationElements,
      parameters: own ? result.parameters : 0,
      frozenParameters: own ? (node.frozen === true ? result.parameters : result.fixedParameters) : 0,
      problems: result.error === null ? problems : [...problems, this.asProblem(node, result.error)],
    });
  }

  private result(node: NodeDocument, definition: LayerDefinition, arrivals: Arrivals<Shape>): NodeResult {
    const data = nodeDataOf(definition, node, this.design.data, () => feedOf(this.design.graph, node.id, this.lookup));
    const key = this.cache.key(definition, node.config, arrivals, data);
    const known = this.cache.get(key);
    // An error names the node, and the same configuration may stand under another name.
    const result = known === undefined || known.error !== null ? nodeResult(definition, node, arrivals, data) : known;
    if (result !== known) this.cache.set(key, result);
    this.results.set(node.id, result);
    return result;
  }

  private asProblem(node: NodeDocument, error: ErrorData): Problem {
    return { error: { ...error, nodeId: node.id }, severity: "error", nodeId: node.id };
  }

  /** Shapes that arrive, in the order of ports and then of edges; `complete` when each port that must be has its own. */
  private arriving(
    node: NodeDocument,
    definition: LayerDefinition,
  ): { shapes: Shape[]; portNames: string[]; complete: boolean; missing: string[] } {
    const shapes: Shape[] = [];
    const portNames: string[] = [];
    const missing: string[] = [];
    let complete = true;
    const edges = this.incoming.get(node.id) ?? [];
    for (const port of definition.ports.inputs) {
      const here = edges.filter((edge) => edge.target_port === port.name && this.nodes.has(edge.source));
      if (here.length === 0 && port.optional !== true) missing.push(port.name);
      for (const edge of port.multiple === true ? here : here.slice(0, 1)) {
        const shape = this.shapeOn(edge);
        if (shape === null) complete = false;
        else {
          shapes.push(shape);
          portNames.push(port.name);
        }
      }
    }
    return { shapes, portNames, complete: complete && missing.length === 0, missing };
  }

  private shapeOn(edge: EdgeDocument): Shape | null {
    const source = this.nodes.get(edge.source);
    const definition = source === undefined ? undefined : this.lookup(source.type);
    if (definition === undefined) return null;
    const index = definition.ports.outputs.findIndex((port) => port.name === edge.source_port);
    return this.found.get(edge.source)?.outputs?.[index] ?? null;
  }

  private checkEdge(edge: EdgeDocument): void {
    const problems: Problem[] = [];
    const say = (code: string, params: Readonly<Record<string, string | number>>): void => {
      problems.push({ error: { code, params }, severity: "error", edgeId: edge.id });
    };
    const ends = { source: this.nodes.get(edge.source), target: this.nodes.get(edge.target) };
    for (const end of ["source", "target"] as const)
      if (ends[end] === undefined) say("design.edge_end_missing", { edge: edge.id, end, node: edge[end] });
    const from = ends.source === undefined ? undefined : this.lookup(ends.source.type);
    const to = ends.target === undefined ? undefined : this.lookup(ends.target.type);
    const source = from === undefined ? undefined : portOf(from.ports.outputs, edge.source_port);
    const target = to === undefined ? undefined : portOf(to.ports.inputs, edge.target_port);
    if (from !== undefined && source === undefined)
      say("design.edge_unknown_port", {
        edge: edge.id,
        node: ends.source?.name ?? "",
        port: edge.source_port,
        known: from.ports.outputs.map((port) => port.name).join(", ") || "–",
      });
    if (to !== undefined && target === undefined)
      say("design.edge_unknown_port", {
        edge: edge.id,
        node: ends.target?.name ?? "",
        port: edge.target_port,
        known: to.ports.inputs.map((port) => port.name).join(", ") || "–",
      });
    if (source !== undefined && target !== undefined && !kindsFit(source.kind, target.kind, from?.traits.role === "input"))
      say("design.kinds_differ", { expected: target.kind, received: source.kind });
    if (target !== undefined && target.multiple !== true) {
      const first = this.incoming.get(edge.target)?.find((other) => other.target_port === edge.target_port);
      if (first !== edge) say("design.port_taken", { node: ends.target?.name ?? "", port: edge.target_port });
    }
    if (problems.length > 0) this.edgeProblems.set(edge.id, problems);
  }

  /** Some outputs are there with some options only, as the cell states of two lstm. */
  private checkOutput(edge: EdgeDocument): void {
    const source = this.nodes.get(edge.source);
    const ports = source === undefined ? undefined : this.lookup(source.type)?.ports.outputs;
    const given = this.found.get(edge.source)?.outputs;
    const place = ports?.findIndex(({ name }) => name === edge.source_port) ?? -1;
    if (source === undefined || ports === undefined || given == null || place < given.length) return;
    const known = ports.slice(0, given.length).map(({ name }) => name);
    const error = {
      code: "design.edge_unknown_port",
      params: { edge: edge.id, node: source.name, port: edge.source_port, known: known.join(", ") },
    };
    this.edgeProblems.set(edge.id, [...(this.edgeProblems.get(edge.id) ?? []), { error, severity: "error", edgeId: edge.id }]);
  }

  /** A layer that uses another's weights is that layer once more: same type, same options, same shapes. */
  private checkSharing(node: NodeDocument, ownerId: string): void {
    const own = this.found.get(node.id);
    if (own === undefined || node.bypassed) return;
    const add = (problem: Problem): void => {
      this.found.set(node.id, { ...own, problems: [...own.problems, problem] });
    };
    const owner = this.nodes.get(ownerId);
    if (owner === undefined || owner.id === node.id || owner.type !== node.type || owner.shared_with !== null || owner.bypassed) {
      add(nodeProblem(node.id, "design.shared_owner_missing", { name: node.name }));
      return;
    }
    const definition = this.lookup(node.type);
    if (definition === undefined) return;
    const configs = [validConfigOf(definition, node), validConfigOf(definition, owner)];
    if (configs.some((config) => config === null)) return;
    if (JSON.stringify(configs[0]) !== JSON.stringify(configs[1])) {
      const fix = {
        code: "fix.use_owner_options",
        params: { owner: owner.name },
        commands: [{ type: "set_config" as const, id: node.id, config: owner.config, replace: true }],
      };
      add(nodeProblem(node.id, "design.shared_config_differs", { name: node.name, owner: owner.name }, "error", fix));
      return;
    }
    const mine = this.results.get(node.id);
    const theirs = this.results.get(owner.id);
    if (mine === undefined || theirs === undefined || mine.outputs === null || theirs.outputs === null) return;
    if (JSON.stringify(mine.parameterShapes) !== JSON.stringify(theirs.parameterShapes))
      add(
        nodeProblem(node.id, "design.shared_shapes_differ", {
          name: node.name,
          owner: owner.name,
          expected: showAll(theirs.parameterShapes),
          received: showAll(mine.parameterShapes),
        }),
      );
  }

  private designProblems(): Problem[] {
    if (this.design.graph.nodes.length === 0) return [designProblem("design.empty", {})];
    const roles = new Set(this.design.graph.nodes.filter((node) => !node.bypassed).map((node) => this.lookup(node.type)?.traits.role));
    return [
      ...(roles.has("input") ? [] : [designProblem("design.no_input", {})]),
      ...(roles.has("output") ? [] : [designProblem("design.no_output", {})]),
    ];
  }
}

function configError(definition: LayerDefinition, node: NodeDocument): ErrorData | null {
  if (validConfigOf(definition, node) !== null) return null;
  return nodeResult(definition, node, { inputs: [] }, {}).error;
}

const showAll = (shapes: readonly Shape[]): string => shapes.map((shape) => `[${shape.join(", ")}]`).join(" ");

/** Whether there is no error among the problems of nodes, edges and the design. */
export function isSound(
  nodes: ReadonlyMap<string, NodePropagation>,
  edges: ReadonlyMap<string, EdgePropagation>,
  problems: readonly Problem[],
): boolean {
  const sound = (list: readonly Problem[]): boolean => list.every((problem) => problem.severity !== "error");
  return (
    sound(problems) &&
    [...nodes.values()].every((node) => sound(node.problems)) &&
    [...edges.values()].every((edge) => sound(edge.problems))
  );
}
