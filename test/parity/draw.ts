/**
 * Random acyclic designs over all registered layers: one layer is the design's own, with inputs as its examples have them, others are
 * put where their shape rule lets them; loose ends run through dense layers into one or two losses. Names no layer but by its traits.
 */
import { Random } from "../../core/data/random.ts";
import type { EdgeDocument, NodeDocument } from "../../core/graph/document.ts";
import { initializerDefinition } from "../../core/initializers/definitions.ts";
import { type Shape, sizeOf } from "../../core/ir/tensor.ts";
import type { LayerDefinition, Port } from "../../core/layers/layer.ts";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { lossDefinition, lossNames } from "../../core/losses/definitions.ts";
import { optimizerDefinition, optimizerNames } from "../../core/optimizers/definitions.ts";
import { validateConfig } from "../../core/schema/validate.ts";
import { takesAllRows } from "../../core/spec/training.ts";
import type { InputHolds, ParityDesign } from "./design.ts";
import { drawConfig, pick } from "./draw-config.ts";

/** Both sides are given the same batches; what takes all rows at once is sgd on one of them. */
const OF_BATCHES = optimizerNames.filter((name) => !takesAllRows(name));

const definitions = layerTypes.map((type) => layerDefinition(type) as LayerDefinition);
const computing = definitions.filter(({ traits }) => traits.role === undefined);
const typeOfRole = (role: "input" | "output"): string => definitions.find(({ traits }) => traits.role === role)?.type ?? role;
const denseType = computing.find(({ traits }) => traits.linear === true && traits.unitsField !== undefined)?.type ?? "";
const flatType = computing.find(({ traits }) => traits.flattens === true)?.type ?? "";
const joinType = computing.find(({ traits, schema }) => traits.merges === true && "axis" in schema)?.type ?? "";

const STEPS = 5;
const MOST_NUMBERS = 400;
const ATTEMPTS = 30;

interface Value {
  readonly node: string;
  readonly port: string;
  readonly shape: Shape;
  readonly kind: Port["kind"];
}

/** @param index of the design: it decides whose turn it is, and with the seed everything else */
export function drawDesign(seed: number, index: number): ParityDesign {
  return new Drawer(new Random(seed, index), computing[index % computing.length] as LayerDefinition).draw(
    `${seed}-${index}`,
    seed * 100_000 + index,
  );
}

class Drawer {
  private readonly random: Random;
  private readonly own: LayerDefinition;
  private readonly nodes: NodeDocument[] = [];
  private readonly edges: EdgeDocument[] = [];
  private readonly values: Value[] = [];
  private readonly inputs: Record<string, { shape: Shape; holds: InputHolds }> = {};

  constructor(random: Random, own: LayerDefinition) {
    this.random = random;
    this.own = own;
  }

  draw(name: string, seed: number): ParityDesign {
    const { random } = this;
    this.placeOwn();
    if (random.below(3) === 0) this.addInput(pick(random, [[4], [3, 4], [6, 2], [4, 4, 2]]), { kind: "float" });
    const more = random.below(5);
    for (let i = 0; i < more; i++) this.placeAny();
    if (random.below(3) === 0) this.shareOne();
    this.close();
    const train = { ...this.drawTraining() };
    const graph = { nodes: this.nodes, edges: this.edges, groups: [] };
    return { name, seed, graph, inputs: this.inputs, train, batch: 2 + random.below(5), steps: STEPS };
  }

  private add(
    type: string,
    config: NodeDocument["config"],
    sources: readonly { readonly value: Value; readonly port: string }[],
    shared: string | null = null,
  ): NodeDocument {
    const id = `n${this.nodes.length}`;
    const node = { id, type, name: `${type}_${this.nodes.length}`, config, position: { x: 0, y: 0 }, shared_with: shared, bypassed: false };
    this.nodes.push(node);
    for (const { value, port } of sources)
      this.edges.push({ id: `e${this.edges.length}`, source: value.node, source_port: value.port, target: id, target_port: port });
    return node;
  }

  private addInput(shape: Shape, holds: InputHolds): Value {
    const { id } = this.add(typeOfRole("input"), {}, []);
    this.inputs[id] = { shape, holds };
    const value: Value = { node: id, port: "output", shape, kind: holds.kind };
    this.values.push(value);
    return value;
  }

  /** The layer whose turn it is, on inputs of its own, as one of its examples or with options changed. */
  private placeOwn(): void {
    const { own, random } = this;
    const example = pick(random, own.examples);
    const ports = example.inputs.map(
      (_, i) =>
        own.ports.inputs.find(({ name }) => name === example.ports?.[i]) ?? own.ports.inputs[Math.min(i, own.ports.inputs.length - 1)],
    );
    const kinds = ports.map((port) => port?.kind ?? "float");
    const sources = example.inputs.map((shape, i) => {
      const kind = kinds[i] ?? "float";
      const nodes = (example.config as Record<string, unknown>)["node_count"];
      const holds: InputHolds =
        kind === "index"
          ? { kind, below: example.indices ?? 2 }
          : kind === "graph"
            ? { kind, nodes: typeof nodes === "number" && nodes > 0 ? nodes : (example.inputs[0]?.[0] ?? 2) }
            : { kind };
      // What is computed is a better test of the gradient on the way in than what comes from the data.
      const value = this.addInput(shape, holds);
      return { value: kind === "float" && random.below(2) === 0 ? this.afterDense(value) : value, port: ports[i]?.name ?? "input" };
    });
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const drawn = attempt === ATTEMPTS - 1 ? {} : drawConfig(random, own.schema, example.inputs[0] ?? [], 0.25);
      const config = { ...drawn, ...withoutNoise(own, example.config as NodeDocument["config"]) };
      const changed = random.below(2) === 0 ? config : { ...config, ...drawn };
      if (!this.place(own, changed, sources)) continue;
      this.boundIndices(sources, changed);
      return;
    }
    throw new Error(`${own.type} could not be placed on its own example '${example.name}'`);
  }

  /** Any whole number among the options may be how many indices there are. */
  private boundIndices(sources: readonly { readonly value: Value }[], config: NodeDocument["config"]): void {
    const counts = Object.values(config).filter((value): value is number => Number.isInteger(value) && (value as number) >= 1);
    for (const { value } of sources) {
      const input = this.inputs[value.node];
      if (input?.holds.kind === "index") input.holds = { kind: "index", below: Math.min(input.holds.below, ...counts) };
      if (input?.holds.kind === "graph") input.holds = { kind: "graph", nodes: Math.min(input.holds.nodes, ...counts) };
    }
  }

  private afterDense(value: Value): Value {
    const config = { units: value.shape.at(-1) ?? 1, activation: "tanh" };
    const node = this.add(denseType, config, [{ value, port: "input" }]);
    const made: Value = { ...value, node: node.id, port: "output" };
    this.values.push(made);
    return made;
  }

  /** Puts a layer in if its shape rule takes what arrives. */
  private place(
    definition: LayerDefinition,
    config: NodeDocument["config"],
    sources: readonly { readonly value: Value; readonly port: string }[],
    shared: string | null = null,
  ): boolean {
    const order = definition.ports.inputs.map(({ name }) => name);
    const sorted = [...sources].sort((a, b) => order.indexOf(a.port) - order.indexOf(b.port));
    const shapes = shapesOf(definition, config, sorted);
    if (shapes === null) return false;
    const node = this.add(definition.type, config, sorted, shared);
    shapes.forEach((shape, i) => {
      const port = definition.ports.outputs[i];
      if (port !== undefined) this.values.push({ node: node.id, port: port.name, shape, kind: port.kind });
    });
    return true;
  }

  private placeAny(): void {
    const { random } = this;
    const definition = pick(random, computing);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const sources: { value: Value; port: string }[] = [];
      for (const port of definition.ports.inputs) {
        if (port.optional === true && random.below(2) === 0) continue;
        const fitting = this.values.filter(({ kind }) => kind === port.kind);
        if (fitting.length === 0) break;
        const value = pick(random, fitting);
        sources.push({ value, port: port.name });
        if (port.multiple === true) {
          const others = fitting.filter((one) => one !== value && one.shape.length === value.shape.length);
          if (others.length > 0) sources.push({ value: pick(random, others), port: port.name });
        }
      }
      const config = drawConfig(random, definition.schema, sources[0]?.value.shape ?? [], 0.4);
      if (this.place(definition, config, sources)) return;
    }
  }

  /** A layer once more with the same weights, on another value of the same shape. */
  private shareOne(): void {
    const owners = this.nodes.filter(({ type, shared_with }) => shared_with === null && layerDefinition(type)?.parameters !== undefined);
    if (owners.length === 0) return;
    const owner = pick(this.random, owners);
    const definition = layerDefinition(owner.type) as LayerDefinition;
    const arriving = this.edges.filter(({ target }) => target === owner.id);
    const valueOn = (edge: EdgeDocument): Value | undefined =>
      this.values.find(({ node, port }) => node === edge.source && port === edge.source_port);
    const sources = arriving.flatMap((edge) => {
      const value = valueOn(edge);
      const same = this.values.filter((one) => one.kind === value?.kind && JSON.stringify(one.shape) === JSON.stringify(value?.shape));
      return same.length === 0 ? [] : [{ value: pick(this.random, same), port: edge.target_port }];
    });
    if (sources.length === arriving.length) this.place(definition, owner.config, sources, owner.id);
  }

  /** Every loose end is flattened, joined, and compared with something. */
  private close(): void {
    const { random } = this;
    const used = new Set(this.edges.map(({ source, source_port }) => `${source} ${source_port}`));
    const loose = this.values.filter(({ node, port, kind }) => kind === "float" && !used.has(`${node} ${port}`));
    const ends = loose.length > 0 ? loose : this.values.filter(({ kind }) => kind === "float");
    const count = ends.length > 1 && random.below(2) === 0 ? 2 : 1;
    for (let k = 0; k < count; k++) this.closeWith(ends.filter((_, i) => i % count === k));
  }

  private closeWith(ends: readonly Value[]): void {
    const { random } = this;
    const flat = ends.map((value) => (value.shape.length === 1 ? value : this.through(flatType, {}, [value], [sizeOf(value.shape)])));
    const width = flat.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    const joined = flat.length === 1 ? (flat[0] as Value) : this.through(joinType, {}, flat, [width]);
    const loss = pick(random, lossNames);
    const { expects, smoothsLabels } = lossDefinition(loss);
    const units = expects === "row_probabilities" || expects === "row_scores" ? 2 + random.below(3) : 1 + random.below(3);
    const end = this.through(denseType, { units, activation: ENDINGS[loss] ?? ENDINGS[expects] ?? "linear" }, [joined], [units]);
    const smoothing = smoothsLabels === true && random.below(3) === 0 ? { label_smoothing: 0.1 } : {};
    const weight = random.below(3) === 0 ? { loss_weight: 0.5 } : {};
    this.add(typeOfRole("output"), { loss, ...smoothing, ...weight }, [{ value: end, port: "input" }]);
  }

  private through(type: string, config: NodeDocument["config"], from: readonly Value[], shape: Shape): Value {
    const definition = layerDefinition(type) as LayerDefinition;
    const [input] = definition.ports.inputs;
    const node = this.add(
      type,
      config,
      from.map((value) => ({ value, port: input?.name ?? "input" })),
    );
    return { node: node.id, port: definition.ports.outputs[0]?.name ?? "output", shape, kind: "float" };
  }

  private drawTraining(): Record<string, unknown> {
    const { random } = this;
    const type = pick(random, OF_BATCHES);
    const { schema } = optimizerDefinition(type);
    const config = drawConfig(random, schema, [], 0.3);
    const clips = [{}, {}, {}, { clipvalue: 0.1 }, { clipnorm: 0.5 }, { global_clipnorm: 0.5 }];
    return { optimizer: { ...config, type, learning_rate: pick(random, [0.001, 0.003, 0.01]) }, ...pick(random, clips) };
  }
}

/** Activations behind which a loss has something to compare, by what it expects, or by its name where that does not say it. */
const ENDINGS: Readonly<Record<string, string>> = {
  each_probability: "sigmoid",
  row_probabilities: "softmax",
  kl_divergence: "softmax",
  poisson: "softplus",
};

function withoutNoise(definition: LayerDefinition, config: NodeDocument["config"]): NodeDocument["config"] {
  const silent = drawConfig(new Random(0), definition.schema, [], 0);
  return { ...config, ...Object.fromEntries(Object.entries(silent).filter(([, value]) => value === 0)) };
}

function shapesOf(
  definition: LayerDefinition,
  raw: NodeDocument["config"],
  sources: readonly { readonly value: Value; readonly port: string }[],
): readonly Shape[] | null {
  const needed = definition.ports.inputs.filter(({ optional }) => optional !== true);
  if (needed.some(({ name }) => !sources.some(({ port }) => port === name))) return null;
  try {
    const config = validateConfig(definition.schema, raw, definition.type);
    const context = { config, inputs: sources.map(({ value }) => value.shape), portNames: sources.map(({ port }) => port) };
    const shapes = definition.outputShapes(context);
    const weights = definition.parameters?.(context) ?? [];
    const fitting = weights.every(({ initializer, shape }) => {
      const { axes } = initializerDefinition(initializer);
      return axes === undefined || (shape.length >= axes.min && shape.length <= axes.max);
    });
    const small = [...shapes, ...weights.map(({ shape }) => shape)].every((shape) => sizeOf(shape) >= 1 && sizeOf(shape) <= MOST_NUMBERS);
    return fitting && small && shapes.every((shape) => shape.length >= 1) ? shapes : null;
  } catch {
    // The rule said no, in words that nobody needs here.
    return null;
  }
}
