/** A layer of pictures or of sequences gets something else: the same numbers as a picture or a sequence, or another layer that takes what comes. */
import { type Fix, nodeProblem } from "../graph/problem.ts";
import { type Shape, showShape, sizeOf } from "../ir/tensor.ts";
import { layerTypes } from "../layers/registry.ts";
import { type Arrival, against, arrivalsOf } from "./arrivals.ts";
import { bridge } from "./bridge.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { ledThrough, newIds, replacedBy, skipped, typesOf } from "./mend.ts";
import { lastStateOnly } from "./sequence-needed.ts";
import { feeder, sharesWeights } from "./walk.ts";

const CODE = "design.rank_expected";
const [SEQUENCE, PICTURE] = [2, 3];
/** Channels of a grey and of a coloured picture. */
const CHANNELS = [1, 3];

export const rankExpected = defineCheck({
  code: "design.rank_expected",
  run: (context) => {
    const found = context.result.problems.find(({ error }) => error.code === CODE);
    if (found === undefined || lastStateOnly(context, context) !== null) return [];
    const rank = Number(found.error.params["expected"]);
    const fixes = [unflattened(context, rank), ...reshapedFixes(context, rank), replacement(context), skipped(context)];
    return [nodeProblem(context.node.id, CODE, found.error.params, "error", fixes.filter((fix) => fix !== undefined).slice(0, 3))];
  },
});

/** What stood in this shape before a layer put it into one axis needs that layer no more. */
function unflattened(context: CheckedDesign & CheckedNode, rank: number): Fix | undefined {
  const flat = feeder(context, context);
  const fits = flat?.definition.traits.flattens === true && flat.result.inputs[0]?.length === rank && flat.outgoing.length === 1;
  return fits && flat !== null ? skipped(flat) : undefined;
}

function reshapedFixes(context: CheckedDesign & CheckedNode, rank: number): readonly Fix[] {
  const arrivals = arrivalsOf(context, context);
  if (arrivals === null) return [];
  const least = Math.max(0, ...arrivals.map(({ shape }) => shapesOfRank(shape, rank).length));
  return Array.from({ length: least }, (_, way) => reshapedFix(context, arrivals, rank, way)).flatMap((fix) => fix ?? []);
}

/** @param way which of the shapes that the numbers can be put into */
function reshapedFix(context: CheckedDesign & CheckedNode, arrivals: readonly Arrival[], rank: number, way: number): Fix | undefined {
  const shapes = arrivals.map(({ shape }) => shape);
  const changed = new Map<string, { readonly arrivals: Arrival[]; readonly to: Shape }>();
  for (const [index, arrival] of arrivals.entries()) {
    if (against(context, arrivals, shapes) !== CODE) break;
    const ways = shapesOfRank(arrival.shape, rank);
    const to = ways[Math.min(way, ways.length - 1)];
    if (arrival.shape.length === rank || to === undefined) continue;
    shapes[index] = to;
    const from = `${arrival.edge.source} ${arrival.edge.source_port}`;
    const known = changed.get(from);
    if (known === undefined) changed.set(from, { arrivals: [arrival], to });
    else known.arrivals.push(arrival);
  }
  const [first] = changed.values();
  if (first === undefined || against(context, arrivals, shapes) === CODE) return undefined;
  const ids = newIds(context);
  const parts = [...changed.values()].map((one) => {
    const steps = bridge(context.lookup, one.arrivals[0]?.shape ?? [], one.to);
    const edges = one.arrivals.map(({ edge }) => edge);
    return steps === null ? null : { steps, commands: ledThrough(context, edges, steps, ids) };
  });
  const done = parts.filter((part) => part !== null);
  if (done.length < parts.length) return undefined;
  const params = { layer_type: typesOf(done[0]?.steps ?? []), name: context.node.name, shape: showShape(first.to) };
  return { code: "fix.insert_shaped", params, commands: done.flatMap(({ commands }) => commands) };
}

/** Shapes with so many axes that the same numbers can be put into, the likeliest first; with too many axes for it, of means. */
function shapesOfRank(shape: Shape, rank: number): readonly Shape[] {
  const size = sizeOf(shape);
  const [rows = 1, columns = 1] = shape;
  const last = shape.at(-1) ?? 1;
  if (shape.length === rank) return [];
  if (rank === 1) return [[size]];
  if (rank === SEQUENCE) {
    if (shape.length === 1) return [[size, 1]];
    const places = [size / last, last];
    // Of a grey picture the rows are usually read as steps.
    return shape.length === PICTURE ? (last === 1 ? [[rows, columns], places] : [places, [rows, size / rows]]) : [places];
  }
  if (rank !== PICTURE) return [];
  const square = (count: number, channels: number): Shape[] => {
    const side = Math.sqrt(count / channels);
    return Number.isInteger(side) && side > 1 ? [[side, side, channels]] : [];
  };
  if (shape.length === 1) return CHANNELS.flatMap((channels) => square(size, channels));
  return shape.length === SEQUENCE ? [[...shape, 1], ...square(size, last)] : [[size / last, 1, last]];
}

/** Windows make no sense over numbers that stand in no order: as many units of a layer that looks at all of them. */
function replacement(context: CheckedDesign & CheckedNode): Fix | undefined {
  const { traits } = context.definition;
  const [input] = context.result.inputs;
  if (traits.window?.kind !== "convolution" || traits.unitsField === undefined || input?.length !== 1 || sharesWeights(context))
    return undefined;
  const type = layerTypes.find((candidate) => {
    const other = context.lookup(candidate)?.traits;
    return other?.linear === true && other.unitsField !== undefined && other.activationField !== undefined;
  });
  const other = type === undefined ? undefined : context.lookup(type)?.traits;
  if (type === undefined || other === undefined) return undefined;
  const taken = [
    [other.unitsField, traits.unitsField],
    [other.activationField, traits.activationField],
  ] as const;
  return replacedBy(
    context,
    context,
    type,
    Object.fromEntries(taken.flatMap(([to, from]) => (to === undefined || from === undefined ? [] : [[to, context.config?.[from]]]))),
  );
}
