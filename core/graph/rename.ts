/** Renaming a node and everything that refers to it by name: an output whose target is that input. */
import type { LayerDefinition } from "../layers/layer.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { Command } from "./command.ts";
import type { DesignDocument, NodeDocument } from "./document.ts";
import { validConfigOf } from "./node-result.ts";
import type { LayerLookup } from "./ports.ts";

/** The command that renames a node; applying it throws design.name_* when the name will not do. */
export function renameCommand(
  design: Pick<DesignDocument, "graph">,
  id: string,
  name: string,
  lookup: LayerLookup = layerDefinition,
): Command {
  const old = design.graph.nodes.find((node) => node.id === id)?.name;
  const rename: Command = { type: "rename", id, name };
  if (old === undefined || old === name) return rename;
  const follow = design.graph.nodes.flatMap((node): Command[] => {
    const config = retargeted(lookup(node.type), node.name, node.config, old, name);
    return config === node.config ? [] : [{ type: "set_config", id: node.id, config, replace: true }];
  });
  return follow.length === 0 ? rename : { type: "batch", commands: [rename, ...follow] };
}

/**
 * The options of a node with the reference to an input's name changed; the same object where there is none. The field
 * that holds the reference is the one whose change changes what the definition says the target is.
 */
export function retargeted(
  definition: LayerDefinition | undefined,
  nodeName: string,
  config: NodeDocument["config"],
  from: string,
  to: string,
): NodeDocument["config"] {
  if (definition?.output === undefined || from === to) return config;
  const target = (candidate: NodeDocument["config"]): string | null => {
    const valid = validConfigOf(definition, { name: nodeName, config: candidate });
    return valid === null ? null : (definition.output?.(valid as never).targetInput ?? null);
  };
  if (target(config) !== from) return config;
  const candidates = Object.keys(config)
    .filter((key) => config[key] === from)
    .map((key) => ({ ...config, [key]: to }));
  return candidates.find((candidate) => target(candidate) === to) ?? config;
}
