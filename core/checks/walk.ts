/** Walking a checked design: past nodes that are skipped, to the layer whose activation or width decides. */

import type { ActivationDefinition } from "../activations/activation.ts";
import { activationDefinitions } from "../activations/definitions.ts";
import type { EdgeDocument } from "../graph/document.ts";
import { ownerOf, sharersOf } from "../graph/sharing.ts";
import { sameShape } from "../ir/tensor.ts";
import { lossDefinitions } from "../losses/definitions.ts";
import type { LossDefinition } from "../losses/loss.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";

/** The only node that feeds this one, bypassed ones skipped; null when there is none or there are several. */
export function feeder(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  const source = onlySource(context, checked);
  if (source?.node.bypassed !== true) return source;
  for (const first of feeders(context, checked)) return first;
  return null;
}

/** The node that feeds this one, the one that feeds that and so on, bypassed ones skipped; where the way comes round again it ends. */
export function* feeders(context: CheckedDesign, checked: CheckedNode): Generator<CheckedNode, void> {
  const seen = new Set<string>();
  for (let one = onlySource(context, checked); one !== null && !seen.has(one.node.id); one = onlySource(context, one)) {
    seen.add(one.node.id);
    if (!one.node.bypassed) yield one;
  }
}

function onlySource(context: CheckedDesign, { incoming }: CheckedNode): CheckedNode | null {
  const [edge, ...others] = incoming;
  return edge === undefined || others.length > 0 ? null : (context.nodes.get(edge.source) ?? null);
}

/** The nodes fed by this one, bypassed ones skipped. */
export function fed(context: CheckedDesign, checked: CheckedNode): CheckedNode[] {
  const found: CheckedNode[] = [];
  const seen = new Set<string>();
  const left = outputsOf(context, checked);
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (!one.node.bypassed) found.push(one);
    else if (!seen.has(one.node.id)) {
      seen.add(one.node.id);
      left.push(...outputsOf(context, one));
    }
  }
  return found;
}

/** Of each connection its end, the last one first. */
function outputsOf(context: CheckedDesign, { outgoing }: CheckedNode): CheckedNode[] {
  return outgoing.flatMap((edge) => context.nodes.get(edge.target) ?? []).reverse();
}

/** The first that is sought of what this one feeds and of what gets its values behind layers that they pass through. */
export function behindPassing(context: CheckedDesign, checked: CheckedNode, isSought: (next: CheckedNode) => boolean): CheckedNode | null {
  const seen = new Set<string>();
  const left = fed(context, checked).reverse();
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (seen.has(one.node.id)) continue;
    seen.add(one.node.id);
    if (isSought(one)) return one;
    if (passesOn(one)) left.push(...fed(context, one).reverse());
  }
  return null;
}

/** The activation a node applies last; null when it has none or an unknown one. */
export function activationOf(checked: CheckedNode): ActivationDefinition | null {
  const field = checked.definition.traits.activationField;
  const name = field === undefined ? undefined : checked.config?.[field];
  return typeof name === "string" && Object.hasOwn(activationDefinitions, name) ? (activationDefinitions[name] ?? null) : null;
}

/** Whether the values that come out are those of the activation f(x) = x. */
export function isIdentity(activation: ActivationDefinition): boolean {
  return activation.name === "linear";
}

export interface OutputFacts {
  readonly loss: LossDefinition;
  readonly columns: readonly string[];
  readonly targetInput: string | null;
}

/** What an output node compares the prediction with; null for other nodes and invalid options. */
export function outputFacts(checked: CheckedNode): OutputFacts | null {
  if (checked.config === null) return null;
  const output = checked.definition.output?.(checked.config as never);
  const loss = output === undefined ? undefined : lossDefinitions[output.loss];
  return output === undefined || loss === undefined ? null : { loss, columns: output.columns, targetInput: output.targetInput };
}

/**
 * The nearest layer upstream that sets how its values look: one with an activation, not a layer that only passes values
 * on. Stops, with null, where several edges meet or where values are computed in a way that has no activation.
 */
export function lastActivation(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  for (const source of feeders(context, checked)) {
    if (source.definition.traits.activationField !== undefined) return source;
    if (!passesOn(source)) return null;
  }
  return null;
}

/** The nearest layer upstream that decides the length of the last axis, if nothing between changes it. */
function widthSource(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  for (const source of feeders(context, checked)) {
    if (source.definition.traits.unitsField !== undefined) return source;
    if (!keepsShape(source)) return null;
  }
  return null;
}

/** The same where its values go nowhere else, nor those of its weights: another length is nobody else's concern. */
export function ownWidthSource(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  const source = widthSource(context, checked);
  return source !== null && !sharesWeights(source) && goesOnlyTo(context, source, checked.node.id) ? source : null;
}

/** The layer that decides the length of the last axis that comes out of this one: itself, or the nearest upstream. */
export function widthGiver(context: CheckedDesign, source: CheckedNode): CheckedNode | null {
  if (source.definition.traits.unitsField !== undefined && !source.node.bypassed) return source;
  return keepsShape(source) ? widthSource(context, source) : null;
}

function keepsShape({ result }: CheckedNode): boolean {
  const [input] = result.inputs;
  const [output] = result.outputs ?? [];
  return result.inputs.length === 1 && input !== undefined && output !== undefined && sameShape(input, output);
}

/** Dropout and the like, and layers that only arrange the same values differently: no activation is lost in them. */
function passesOn(checked: CheckedNode): boolean {
  const { traits } = checked.definition;
  return traits.trainingOnly === true || traits.flattens === true;
}

/** The input whose values reach this node as they are, past layers that only train differently or arrange values. */
export function rawInput(context: CheckedDesign, checked: CheckedNode): CheckedNode | null {
  for (const source of feeders(context, checked)) {
    if (source.definition.traits.role === "input") return source;
    if (!passesOn(source)) return null;
  }
  return null;
}

/**
 * Whether all that comes out of a layer goes to one other, on one way: another activation changes nothing else. Where it shares its weights
 * those with the same give it to no output that may want another.
 */
export function goesOnlyTo(context: CheckedDesign, from: CheckedNode, to: string): boolean {
  return oneWay(context, from, to) && (!sharesWeights(from) || othersAreFine(context, from, context.nodes.get(to)));
}

function othersAreFine(context: CheckedDesign, from: CheckedNode, to: CheckedNode | undefined): boolean {
  const loss = to === undefined ? undefined : outputFacts(to)?.loss;
  return sharersOf(context.design, from.node.id).every(({ id }) => {
    const other = id === from.node.id ? undefined : context.nodes.get(id);
    const isOutput = ({ definition }: CheckedNode): boolean => definition.traits.role === "output";
    const output = other === undefined ? null : behindPassing(context, other, isOutput);
    return output === null || (loss !== undefined && outputFacts(output)?.loss === loss);
  });
}

function oneWay(context: CheckedDesign, from: CheckedNode, to: string): boolean {
  const seen = new Set<string>();
  for (let one: CheckedNode | undefined = from; one !== undefined && !seen.has(one.node.id); ) {
    seen.add(one.node.id);
    const [only, ...more]: readonly EdgeDocument[] = one.outgoing;
    if (only === undefined || more.length > 0) return false;
    if (only.target === to) return true;
    one = context.nodes.get(only.target);
  }
  return false;
}

/** Whether its weights are another layer's too: its options are then not its own to change. */
export function sharesWeights({ node, lends }: CheckedNode): boolean {
  return node.shared_with !== null || lends;
}

/** Whether the weights that it uses are not trained. */
export function isFrozen(context: CheckedDesign, { node }: CheckedNode): boolean {
  return (context.nodes.get(ownerOf(node))?.node ?? node).frozen === true;
}

/** Whether a layer with weights comes behind this one. */
export function isHidden(context: CheckedDesign, checked: CheckedNode): boolean {
  const seen = new Set<string>();
  const left = fed(context, checked);
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (seen.has(one.node.id)) continue;
    seen.add(one.node.id);
    if (one.result.parameters > 0) return true;
    left.push(...fed(context, one));
  }
  return false;
}
