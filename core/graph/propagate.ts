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
import { problemsOfEdge } from "./edge-problems.ts";
import { nodeDataOf } from "./node-data.ts";
import { nodeResult, validConfigOf } from "./node-result.ts";
import { feedOf, type LayerLookup, nodeMap } from "./ports.ts";
import { designProblem, edgeProblem, type Fix, nodeProblem, type Problem } from "./problem.ts";
import type { EdgePropagation, NodePropagation, NodeResult, Propagation } from "./propagation.ts";
import { PropagationCache } from "./propagation-cache.ts";
import {
  changedMap,
  keptEdge,
  keptMap,
  keptNode,
  type PropagationMemory,
  type Structure,
  stillHolds,
  structureOf,
  type Visit,
} from "./propagation-memory.ts";
import { sameLayer } from "./same-meaning.ts";

export interface PropagateOptions {
  /** Keep one between calls: only what changed is computed again. */
  readonly cache?: PropagationCache;
  readonly lookup?: LayerLookup;
}

const NOTHING: Omit<NodePropagation, "problems" | "inputs" | "portNames"> = {
  outputs: null,
  parameters: 0,
  frozenParameters: 0,
  multiplyAdds: 0,
  step: null,
  activationElements: 0,
};

const UNKNOWN: NodePropagation = { inputs: [], portNames: [], ...NOTHING, problems: [] };
const NO_PROBLEMS: readonly Problem[] = [];
const NO_EDGES: readonly EdgeDocument[] = [];

export function propagate(design: Pick<DesignDocument, "graph" | "data">, options: PropagateOptions = {}): Propagation {
  return new Walk(design, options.lookup ?? layerDefinition, options.cache ?? new PropagationCache()).run();
}

class Walk {
  private readonly design: Pick<DesignDocument, "graph" | "data">;
  private readonly lookup: LayerLookup;
  private readonly cache: PropagationCache;
  private readonly nodes: ReadonlyMap<string, NodeDocument>;
  private readonly structure: Structure;
  private readonly incoming: ReadonlyMap<string, readonly EdgeDocument[]>;
  /** What the last call with this cache found, if its layers were looked up in the same way. */
  private readonly before: PropagationMemory | null;
  /** Of all layers in the order of computing; while they are joined as before, those of before, and what is new comes in. */
  private readonly visits: Map<string, Visit>;
  /** Layers that were looked at anew. */
  private readonly anew = new Set<string>();
  /** What is said of layers beside their visit: of those on a cycle, and of weights that are shared. */
  private readonly said = new Map<string, NodePropagation>();
  /** Whether there was nothing to say of the edges the last time, between the same layers. */
  private readonly edgesWereFine: boolean;
  private readonly edgeProblems = new Map<string, readonly Problem[]>();

  constructor(design: Pick<DesignDocument, "graph" | "data">, lookup: LayerLookup, cache: PropagationCache) {
    this.design = design;
    this.lookup = lookup;
    this.cache = cache;
    this.nodes = nodeMap(design.graph);
    this.before = cache.memory?.lookup === lookup ? cache.memory : null;
    this.structure = structureOf(design.graph, this.before?.structure);
    this.incoming = this.structure.incoming;
    const { before, structure } = this;
    this.edgesWereFine =
      before?.structure === structure && [...before.propagation.edges.values()].every(({ problems }) => problems.length === 0);
    this.visits = this.before !== null && this.before.structure === this.structure ? this.before.visits : new Map();
  }

  run(): Propagation {
    // Its visits are changed on the way: what ends in the middle leaves nothing behind.
    this.cache.memory = null;
    const { order, cyclic } = this.structure;
    this.checkEdges();
    for (const id of order) this.visit(id);
    const names = cyclic.map((id) => this.nodes.get(id)?.name ?? id).join(", ");
    for (const id of cyclic)
      this.said.set(id, { inputs: [], portNames: [], ...NOTHING, problems: [nodeProblem(id, "design.cycle", { nodes: names })] });
    for (const node of this.design.graph.nodes) if (node.shared_with !== null) this.checkSharing(node, node.shared_with);
    for (const edge of this.design.graph.edges) if (!this.edgesWereFine || this.anew.has(edge.source)) this.checkOutput(edge);

    const nodes = this.allNodes();
    const edges = this.allEdges(nodes);
    const problems = [...this.designProblems(), ...(cyclic.length > 0 ? [designProblem("design.cycle", { nodes: names })] : [])];
    const before = this.before?.propagation;
    const totals = before?.nodes === nodes ? before.totals : totalsOf(nodes);
    const propagation = { nodes, edges, problems, totals, order, ok: isSound(nodes, edges, problems) };
    const { lookup, structure, visits, said } = this;
    this.cache.memory = { lookup, data: this.design.data, structure, visits, beside: said.size > 0, propagation };
    return propagation;
  }

  private foundOf(id: string): NodePropagation {
    return this.said.get(id) ?? this.visits.get(id)?.found ?? UNKNOWN;
  }

  /** In the order of the document; of before what says the same. */
  private allNodes(): ReadonlyMap<string, NodePropagation> {
    const { before, anew, said } = this;
    const known = before?.propagation.nodes;
    const kept = (id: string): NodePropagation => keptNode(known?.get(id), this.foundOf(id));
    if (known === undefined || before?.structure !== this.structure || before.beside || said.size > 0)
      return keptMap(known, new Map(this.design.graph.nodes.map(({ id }) => [id, kept(id)])));
    return changedMap(known, anew, kept);
  }

  private allEdges(nodes: ReadonlyMap<string, NodePropagation>): ReadonlyMap<string, EdgePropagation> {
    const { before, structure, edgeProblems } = this;
    const known = before?.propagation.edges;
    const kept = (edge: EdgeDocument): EdgePropagation =>
      keptEdge(known?.get(edge.id), { shape: this.shapeOn(edge), problems: edgeProblems.get(edge.id) ?? NO_PROBLEMS });
    if (known === undefined || before?.structure !== structure || before.beside || edgeProblems.size > 0)
      return keptMap(known, new Map(this.design.graph.edges.map((edge) => [edge.id, kept(edge)])));
    if (before.propagation.nodes === nodes) return known;
    const touched = this.design.graph.edges.filter((edge) => this.anew.has(edge.source));
    const byId = new Map(touched.map((edge) => [edge.id, edge]));
    return changedMap(known, byId.keys(), (id, was) => {
      const edge = byId.get(id);
      return edge === undefined ? was : kept(edge);
    });
  }

  /** Looks at a layer, unless it and all that it gets are what they were the last time. */
  private visit(id: string): void {
    const node = this.nodes.get(id);
    if (node === undefined) return;
    const incoming = this.incoming.get(id) ?? NO_EDGES;
    const before = this.before?.data === this.design.data && !this.dependsOnTargets(node) ? this.before?.visits.get(id) : undefined;
    // Joined as before, to layers that came to the same: they need not be asked for their shapes.
    const untouched = this.before?.structure === this.structure && !incoming.some((edge) => this.anew.has(edge.source));
    if (before !== undefined && untouched && sameLayer(before.node, node)) return;
    const arriving = incoming.map((edge) => (this.nodes.has(edge.source) ? this.shapeOn(edge) : undefined));
    if (before !== undefined && stillHolds(before, node, incoming, arriving)) this.visits.set(id, before);
    else {
      this.anew.add(id);
      this.visits.set(id, { node, incoming, arriving, ...this.look(node) });
    }
  }

  /** Of a graph, what an input gives is told by what it feeds. */
  private dependsOnTargets(node: NodeDocument): boolean {
    return this.design.data?.graph !== undefined && this.lookup(node.type)?.input !== undefined;
  }

  private look(node: NodeDocument): Pick<Visit, "found" | "result"> {
    const { id } = node;
    const definition = this.lookup(node.type);
    if (definition === undefined) {
      const unknown = nodeProblem(id, "design.unknown_layer", { name: node.name, type: node.type });
      return { found: { inputs: [], portNames: [], ...NOTHING, problems: [unknown] }, result: null };
    }
    const { shapes, portNames, complete, missing } = this.arriving(node, definition);
    const problems: Problem[] =
      missing.length > 0 ? [nodeProblem(id, "design.not_connected", { name: node.name, ports: missing.join(", ") })] : [];
    if (node.bypassed) {
      const [first] = shapes;
      if (definition.ports.inputs.length === 0) problems.push(nodeProblem(id, "design.bypassed_input", { name: node.name }));
      const outputs = first === undefined ? null : definition.ports.outputs.map(() => first);
      return { found: { inputs: shapes, portNames, ...NOTHING, outputs, problems }, result: null };
    }
    if (!complete) {
      // The options can be wrong although no shape arrives yet: say so now.
      const error = configError(definition, node);
      const all = error === null ? problems : [...problems, this.asProblem(node, error)];
      return { found: { inputs: shapes, portNames, ...NOTHING, problems: all }, result: null };
    }
    const someOptional = definition.ports.inputs.some((port) => port.optional === true);
    const result = this.result(node, definition, { inputs: shapes, ...(someOptional ? { portNames } : {}) });
    const { outputs, multiplyAdds, step, activationElements } = result;
    const own = node.shared_with === null;
    const found = {
      inputs: shapes,
      portNames,
      outputs,
      multiplyAdds,
      step,
      activationElements,
      parameters: own ? result.parameters : 0,
      frozenParameters: own ? (node.frozen === true ? result.parameters : result.fixedParameters) : 0,
      problems: result.error === null ? problems : [...problems, this.asProblem(node, result.error)],
    };
    return { found, result };
  }

  private result(node: NodeDocument, definition: LayerDefinition, arrivals: Arrivals<Shape>): NodeResult {
    const data = nodeDataOf(definition, node, this.design.data, () => feedOf(this.design.graph, node.id, this.lookup));
    const key = this.cache.key(definition, node.config, arrivals, data);
    const known = this.cache.get(key);
    // An error names the node, and the same configuration may stand under another name.
    const result = known === undefined || known.error !== null ? nodeResult(definition, node, arrivals, data) : known;
    if (result !== known) this.cache.set(key, result);
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
    return this.foundOf(edge.source).outputs?.[index] ?? null;
  }

  /** Between the same layers in the same way there is nothing to say of edges where there was nothing before. */
  private checkEdges(): void {
    if (this.edgesWereFine) return;
    const ends = { nodes: this.nodes, incoming: this.incoming, lookup: this.lookup };
    for (const edge of this.design.graph.edges) {
      const problems = problemsOfEdge(edge, ends);
      if (problems.length > 0) this.edgeProblems.set(edge.id, problems);
    }
  }

  /** Some outputs are there with some options only, as the cell states of two lstm. */
  private checkOutput(edge: EdgeDocument): void {
    const source = this.nodes.get(edge.source);
    const ports = source === undefined ? undefined : this.lookup(source.type)?.ports.outputs;
    const given = this.foundOf(edge.source).outputs;
    const place = ports?.findIndex(({ name }) => name === edge.source_port) ?? -1;
    if (source === undefined || ports === undefined || given == null || place < given.length) return;
    const known = ports.slice(0, given.length).map(({ name }) => name);
    const params = { edge: edge.id, node: source.name, port: edge.source_port, known: known.join(", ") };
    this.edgeProblems.set(edge.id, [...(this.edgeProblems.get(edge.id) ?? []), edgeProblem(edge.id, "design.edge_unknown_port", params)]);
  }

  /** A layer that uses another's weights is that layer once more: same type, same options, same shapes. */
  private checkSharing(node: NodeDocument, ownerId: string): void {
    if (node.bypassed) return;
    const own = this.foundOf(node.id);
    const add = (problem: Problem): void => {
      this.said.set(node.id, { ...own, problems: [...own.problems, problem] });
    };
    const ownWeights: Fix = {
      code: "fix.own_weights",
      params: { name: node.name },
      commands: [{ type: "set_shared", owners: { [node.id]: null } }],
    };
    const owner = this.nodes.get(ownerId);
    if (owner === undefined || owner.id === node.id || owner.type !== node.type || owner.shared_with !== null || owner.bypassed) {
      add(nodeProblem(node.id, "design.shared_owner_missing", { name: node.name }, "error", ownWeights));
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
      add(nodeProblem(node.id, "design.shared_config_differs", { name: node.name, owner: owner.name }, "error", [fix, ownWeights]));
      return;
    }
    const mine = this.visits.get(node.id)?.result ?? null;
    const theirs = this.visits.get(owner.id)?.result ?? null;
    if (mine === null || theirs === null || mine.outputs === null || theirs.outputs === null) return;
    if (JSON.stringify(mine.parameterShapes) !== JSON.stringify(theirs.parameterShapes))
      add(
        nodeProblem(
          node.id,
          "design.shared_shapes_differ",
          { name: node.name, owner: owner.name, expected: showAll(theirs.parameterShapes), received: showAll(mine.parameterShapes) },
          "error",
          ownWeights,
        ),
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

function totalsOf(nodes: ReadonlyMap<string, NodePropagation>): Propagation["totals"] {
  const totals = { parameters: 0, frozenParameters: 0, multiplyAdds: 0, activationElements: 0 };
  for (const node of nodes.values()) {
    totals.parameters += node.parameters;
    totals.frozenParameters += node.frozenParameters;
    totals.multiplyAdds += node.multiplyAdds;
    totals.activationElements += node.activationElements;
  }
  return totals;
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
