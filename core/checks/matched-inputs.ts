/** Inputs of shapes that do not go together: the ways to bring each to one that does, by its width or by layers between, as shortcuts of residual networks are. */
import type { Fix } from "../graph/problem.ts";
import { reaches } from "../graph/topology.ts";
import { type Shape, sameShape, showShape } from "../ir/tensor.ts";
import { type Arrival, against, arrivalsOf, shapesOf } from "./arrivals.ts";
import { bridge, type Step } from "./bridge.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";
import { ledThrough, newIds, setUnits, typesOf } from "./mend.ts";
import { goesOnlyTo, sharesWeights, widthGiver } from "./walk.ts";

const MOST_FIXES = 3;
/** All inputs brought to what goes with one of them is tried with so many of them. */
const MOST_ANCHORS = 6;

interface Changed {
  readonly arrival: Arrival;
  readonly to: Shape;
  readonly steps: readonly Step[];
}
interface Plan {
  readonly changed: readonly Changed[];
  /** Whether what is changed leads around the others: its layers are the ones that nothing is lost by. */
  readonly around: boolean;
}

/** For a layer that several connections lead to and whose rule has something against their shapes. */
export function matchedInputs(context: CheckedDesign & CheckedNode): readonly Fix[] {
  const arrivals = arrivalsOf(context, context);
  if (arrivals === null || arrivals.length < 2) return [];
  const anchors = arrivals.length > MOST_ANCHORS ? firstOfEachShape(arrivals).slice(0, MOST_ANCHORS) : arrivals;
  const plans = anchors.flatMap((anchor) => planFor(context, arrivals, anchor) ?? []);
  const cost = ({ changed }: Plan): number => changed.reduce((sum, { steps }) => sum + steps.length, 0);
  plans.sort((a, b) => cost(a) - cost(b) || Number(b.around) - Number(a.around));
  const widths = plans.flatMap((plan) => widthFix(context, plan) ?? []);
  const layers = plans.flatMap((plan) => layersFix(context, plan));
  const fixes = plans[0]?.around === true ? [...layers.slice(0, 1), ...widths, ...layers.slice(1)] : [...widths, ...layers];
  return fixes.filter((fix, index) => fixes.findIndex((other) => sameFix(other, fix)) === index).slice(0, MOST_FIXES);
}

const firstOfEachShape = (arrivals: readonly Arrival[]): readonly Arrival[] => [
  ...new Map(arrivals.toReversed().map((arrival) => [showShape(arrival.shape), arrival])).values(),
];

const sameFix = (a: Fix, b: Fix): boolean => a.code === b.code && JSON.stringify(a.params) === JSON.stringify(b.params);

/** All others brought to what goes with this one. */
function planFor(context: CheckedDesign & CheckedNode, arrivals: readonly Arrival[], anchor: Arrival): Plan | null {
  const changed: Changed[] = [];
  for (const arrival of arrivals) {
    if (arrival === anchor) continue;
    const one = fitted(context, arrivals, anchor, arrival);
    if (one === null) return null;
    if (one.steps.length > 0) changed.push(one);
  }
  const becomes = new Map(changed.map(({ arrival, to }) => [arrival, to]));
  const shapes = arrivals.map((arrival) => becomes.get(arrival) ?? arrival.shape);
  if (changed.length === 0 || against(context, arrivals, shapes) !== null) return null;
  const around = changed.every(({ arrival }) => reaches(context.design.graph, arrival.edge.source, anchor.edge.source));
  return { changed, around };
}

/** The nearest shape of one input that goes with another. */
function fitted(context: CheckedDesign & CheckedNode, arrivals: readonly Arrival[], anchor: Arrival, arrival: Arrival): Changed | null {
  const anchorFirst = arrivals.indexOf(anchor) < arrivals.indexOf(arrival);
  const pair = anchorFirst ? [anchor, arrival] : [arrival, anchor];
  const goes = (to: Shape): boolean => against(context, pair, anchorFirst ? [anchor.shape, to] : [to, anchor.shape]) === null;
  let best: Changed | null = null;
  for (const to of [arrival.shape, ...nearShapes(anchor.shape, arrival.shape), anchor.shape]) {
    if (!goes(to)) continue;
    const steps = bridge(context.lookup, arrival.shape, to);
    if (steps !== null && (best === null || steps.length < best.steps.length)) best = { arrival, to, steps };
  }
  return best;
}

/** The anchor's shape with one axis as it is: what joining along that axis takes. Of another rank the channels stay. */
function nearShapes(anchor: Shape, own: Shape): readonly Shape[] {
  if (anchor.length !== own.length) return [[...anchor.slice(0, -1), own.at(-1) ?? 1]];
  const kept = anchor.map((_, kept) => anchor.map((size, axis) => (axis === kept ? (own[axis] ?? size) : size)));
  const taken = anchor.flatMap((size) => [[...own.slice(0, -1), size]]);
  return [...kept, ...taken];
}

/** Layers before set to other widths, where only these differ and nobody else reads them. */
function widthFix(context: CheckedDesign & CheckedNode, { changed }: Plan): Fix | null {
  const set = changed.map(({ arrival, to }) => {
    const source = context.nodes.get(arrival.edge.source);
    const giver = source === undefined || !sameShape(arrival.shape.slice(0, -1), to.slice(0, -1)) ? null : widthGiver(context, source);
    const units = to.at(-1) ?? 1;
    if (source === undefined || giver === null || sharesWeights(giver) || !goesOnlyTo(context, giver, context.node.id)) return null;
    const field = giver.definition.traits.unitsField;
    if (giver.config === null || field === undefined) return null;
    const came = arrivalsOf(context, giver)?.map(({ shape }) => shape) ?? [];
    const gives = shapesOf(giver.definition, { ...giver.config, [field]: units }, { inputs: came });
    const command = "code" in gives || gives[0]?.at(-1) !== units ? null : setUnits(giver, units);
    return command === null ? null : { name: giver.node.name, units, command };
  });
  const [first] = set;
  const whole = set.filter((one) => one !== null);
  if (first == null || whole.length < set.length || new Set(whole.map(({ name }) => name)).size < whole.length) return null;
  const { name, units } = first;
  const many = whole.length > 1;
  return {
    code: many ? "fix.set_units_of" : "fix.set_units",
    params: { name: many ? whole.map((one) => one.name).join(", ") : name, units },
    commands: whole.map(({ command }) => command),
  };
}

function layersFix(context: CheckedDesign & CheckedNode, { changed }: Plan): Fix {
  const ids = newIds(context);
  const commands = changed.flatMap(({ arrival, steps }) => ledThrough(context, [arrival.edge], steps, ids));
  const [first] = changed;
  const shape = showShape(first?.to ?? []);
  if (changed.length > 1) return { code: "fix.match_inputs", params: { count: changed.length, shape }, commands };
  const from = context.nodes.get(first?.arrival.edge.source ?? "")?.node.name ?? "";
  return { code: "fix.match_input", params: { from, layer_type: typesOf(first?.steps ?? []), shape }, commands };
}
