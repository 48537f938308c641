/** Whether a block can be joined to the loose end of a connection: asked by putting it there and looking at what its layers say. */
import { AppError } from "../errors.ts";
import { applyCommand } from "../graph/commands.ts";
import type { DesignDocument } from "../graph/document.ts";
import type { LooseEnd } from "../graph/fitting.ts";
import { propagate } from "../graph/propagate.ts";
import type { Propagation } from "../graph/propagation.ts";
import type { BlockPlace, InsertedBlock } from "./insert.ts";

/** Where a block goes that is joined to the end of a connection: its first source or its first exit. */
export function placeAt({ port, forwards }: LooseEnd): Pick<BlockPlace, "sources" | "target"> {
  return forwards ? { sources: [port] } : { target: port };
}

/** As {@link placeAt}, with the same fed to every source: one that waits would hide that the first does not fit. */
export function trialAt(end: LooseEnd): Pick<BlockPlace, "sources" | "target"> {
  const { sources = [], ...rest } = placeAt(end);
  return sources.length === 0 ? rest : { sources: Array.from({ length: MOST_SOURCES }, () => sources).flat() };
}

const MOST_SOURCES = 32;

/** What an input feeds from its first exit waits for its own sources: that is no mistake yet. */
const WAITS = "design.not_connected";

/**
 * @param propagation of the design, to tell what is wrong already
 * @param insert puts the block in, joined as {@link trialAt} says
 */
export function blockFits(design: DesignDocument, propagation: Propagation, end: LooseEnd, insert: () => InsertedBlock): boolean {
  try {
    const { command, nodeIds } = insert();
    const after = propagate(applyCommand(design, command).design);
    const errors = (of: Propagation, id: string): readonly string[] =>
      (of.nodes.get(id)?.problems ?? []).flatMap(({ severity, error }) =>
        severity === "error" && error.code !== WAITS ? [error.code] : [],
      );
    const before = errors(propagation, end.port.node);
    return nodeIds.every((id) => errors(after, id).length === 0) && errors(after, end.port.node).every((code) => before.includes(code));
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
