/** A finding in words with its numbers, and the acts that may mend it. */
import { activationDefinition, activationNames } from "../../core/activations/definitions.ts";
import type { ActWords } from "../../core/graph/act-label.ts";
import type { Command } from "../../core/graph/command.ts";
import { createNode, insertOnEdge } from "../../core/graph/create.ts";
import type { DesignDocument, GraphDocument, NodeDocument } from "../../core/graph/document.ts";
import type { NewId } from "../../core/graph/naming.ts";
import type { SignalFault, SignalFinding } from "../../core/insight/judge-signals.ts";
import { rateTimes } from "../../core/insight/verdicts/remedies.ts";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import { actWords } from "../ui/act-words.ts";
import { formatCount } from "../ui/format.ts";
import type { TextKey, Translate } from "../ui/texts.ts";

const WORDS: Readonly<Record<SignalFault, { readonly short: TextKey; readonly long: TextKey }>> = {
  vanishing: { short: "signals.vanishing", long: "signals.vanishing_text" },
  exploding: { short: "signals.exploding", long: "signals.exploding_text" },
  dead: { short: "signals.dead", long: "signals.dead_text" },
  saturated: { short: "signals.saturated", long: "signals.saturated_text" },
  not_finite: { short: "signals.not_finite", long: "signals.not_finite_text" },
};

export const shortFinding = (finding: SignalFinding, t: Translate): string => t(WORDS[finding.fault].short);

export function longFinding({ fault, value, against }: SignalFinding, t: Translate): string {
  const share = fault === "dead" || fault === "saturated";
  return t(WORDS[fault].long, {
    value: share ? sharePercent(value) : fault === "not_finite" ? formatCount(value) : signalNumber(value),
    against: signalNumber(against),
    times: value > 0 ? signalNumber(against / value) : "∞",
  });
}

/** Whole percents; a little is not nothing. */
export function sharePercent(share: number): string {
  return share > 0 && share < 0.005 ? "< 1 %" : `${Math.round(share * 100)} %`;
}

/** Two digits, and a power of ten where there are many zeros. */
export function signalNumber(value: number | null): string {
  if (value === null) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.01 || size >= 10_000)) return value.toExponential(1).replace("e+", "e");
  return size >= 100 ? String(Number(value.toPrecision(2))) : value.toPrecision(2).replace(/\.0$/, "");
}

export interface Mend {
  readonly words: ActWords;
  readonly command: Command;
}

/** What may help, as one undoable act each: whatever the words of the finding name. */
export function mendsOf({ fault, nodeId, flattened }: SignalFinding, design: DesignDocument, newId: NewId): Mend[] {
  const { graph } = design;
  const own = graph.nodes.filter((node) => node.id === nodeId && activationOf(node) !== "");
  const change = (words: ActWords, nodes: readonly NodeDocument[], activation: string): Mend[] =>
    nodes.length === 0 ? [] : [{ words, command: { type: "batch", commands: nodes.map((node) => withActivation(node, activation)) } }];
  switch (fault) {
    case "vanishing": {
      const flat = graph.nodes.filter((node) => isFlat(node) && !leadsToOutput(node, graph));
      return flat.length > 0
        ? // Large steps drive ReLU units dead as they drive these flat: the rate comes first.
          [...(flattened ? slower(design) : []), ...change(actWords("signals.mend_relu", { count: flat.length }), flat, "relu")]
        : [
            ...(flattened ? slower(design) : []),
            ...[...normalized(design, nodeId, newId), ...normalizedBefore(design, nodeId, newId)].slice(0, 1),
          ];
    }
    case "exploding":
    case "not_finite":
      return [
        { words: actWords("signals.mend_clip"), command: { type: "set_training", patch: { global_clipnorm: 1 } } },
        ...slower(design),
      ];
    case "dead":
      return [...change(actWords("signals.mend_leaky"), own, "leaky_relu"), ...slower(design)];
    case "saturated": {
      const hidden = own.filter((node) => !leadsToOutput(node, graph));
      return [...change(actWords("signals.mend_one_relu"), hidden, "relu"), ...slower(design)];
    }
    default:
      return fault satisfies never;
  }
}

/** Values of a size of their own behind the layer, where no activation is to blame. */
function normalized(design: DesignDocument, nodeId: string, newId: NewId): Mend[] {
  const type = layerTypes.find((one) => layerDefinition(one)?.traits.normalizes === "layer");
  const { nodes, edges } = design.graph;
  const node = nodes.find(({ id }) => id === nodeId);
  const [edge, ...more] = edges.filter(({ source }) => source === nodeId);
  const next = nodes.find(({ id }) => id === edge?.target);
  if (type === undefined || node === undefined || edge === undefined || next === undefined || more.length > 0) return [];
  const { role, normalizes } = layerDefinition(next.type)?.traits ?? {};
  if (role === "output" || normalizes !== undefined) return [];
  const added = createNode(type, { x: node.position.x + 120, y: node.position.y + 120 }, design, newId);
  return [{ words: actWords("signals.mend_normalize"), command: insertOnEdge(design, edge.id, added, newId) }];
}

/** Where nothing can stand behind it, as before an output or a fork: what comes in has a size of its own. */
function normalizedBefore(design: DesignDocument, nodeId: string, newId: NewId): Mend[] {
  const type = layerTypes.find((one) => layerDefinition(one)?.traits.normalizes === "layer");
  const { nodes, edges } = design.graph;
  const node = nodes.find(({ id }) => id === nodeId);
  const [edge, ...more] = edges.filter(({ target }) => target === nodeId);
  const before = nodes.find(({ id }) => id === edge?.source);
  if (type === undefined || node === undefined || edge === undefined || before === undefined || more.length > 0) return [];
  const { role, normalizes } = layerDefinition(before.type)?.traits ?? {};
  // The steps of a series often hold one number each: normalized by itself it is always the same.
  const isSeries = role === "input" && layerDefinition(node.type)?.traits.sequencesField !== undefined;
  if (normalizes !== undefined || isSeries) return [];
  const added = createNode(type, { x: node.position.x - 120, y: node.position.y + 120 }, design, newId);
  return [{ words: actWords("signals.mend_normalize_before"), command: insertOnEdge(design, edge.id, added, newId) }];
}

function slower(design: DesignDocument): Mend[] {
  return rateTimes({ design, open: design }, 0.1).flatMap(({ commands, params }) =>
    commands.map((command) => ({ words: actWords("signals.mend_rate", params), command })),
  );
}

function activationOf(node: NodeDocument): string {
  const definition = layerDefinition(node.type);
  const field = definition?.traits.activationField;
  if (definition === undefined || field === undefined) return "";
  return String(node.config[field] ?? defaultsOf(definition.schema)[field] ?? "");
}

function isFlat(node: NodeDocument): boolean {
  const name = activationOf(node);
  return activationNames.some((known) => known === name) && activationDefinition(name).saturates;
}

/** The last layer often has to give a probability: it stays as it is. */
function leadsToOutput({ id }: NodeDocument, { nodes, edges }: GraphDocument): boolean {
  const outputs = new Set(nodes.filter((node) => layerDefinition(node.type)?.traits.role === "output").map((node) => node.id));
  return edges.some((edge) => edge.source === id && outputs.has(edge.target));
}

function withActivation(node: NodeDocument, activation: string): Command {
  const field = layerDefinition(node.type)?.traits.activationField ?? "activation";
  return { type: "set_config", id: node.id, config: { [field]: activation } };
}
