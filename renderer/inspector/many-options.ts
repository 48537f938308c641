/** The options of several layers of one type as one form: what they have in common, what differs, and a change of all as one command. */
import type { Command } from "../../core/graph/command.ts";
import type { NodeDocument } from "../../core/graph/document.ts";
import { ownerOf } from "../../core/graph/sharing.ts";
import type { AnyConfig, Schema } from "../../core/schema/fields.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import { sameValue } from "./same-value.ts";

/** @returns the first layer's values, and the names of the options in which not all are equal */
export function commonValues(
  nodes: readonly NodeDocument[],
  schema: Schema,
): { readonly values: AnyConfig; readonly mixed: ReadonlySet<string> } {
  const defaults = defaultsOf(schema);
  const values: AnyConfig = { ...defaults, ...nodes[0]?.config };
  const differs = (name: string): boolean =>
    nodes.some(({ config }) => !sameValue(name in config ? config[name] : defaults[name], values[name]));
  return { values, mixed: new Set(Object.keys(schema).filter(differs)) };
}

/**
 * Sets an option of all of them, and of those that share their weights; a value equal to the default is taken out again, as it is of one.
 * @param all the layers of the design
 */
export function optionOfMany(
  all: readonly NodeDocument[],
  nodes: readonly NodeDocument[],
  schema: Schema,
  name: string,
  value: unknown,
): Command {
  const families = new Set(nodes.map(ownerOf));
  const chosen = all.filter((node) => families.has(ownerOf(node)));
  const change = sameValue(schema[name]?.default, value) ? { config: {}, unset: [name] } : { config: { [name]: value } };
  return { type: "batch", commands: chosen.map(({ id }) => ({ type: "set_config", id, ...change })) };
}
