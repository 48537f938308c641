/** What a new project begins with: nothing on the canvas, every training option written out. */
import { DESIGN_FORMAT, DESIGN_FORMAT_VERSION, type DesignDocument } from "../../core/graph/document.ts";
import { defaultTraining, writeTraining } from "../../core/spec/training.ts";

export function emptyDesign(name: string): DesignDocument {
  return {
    format: DESIGN_FORMAT,
    format_version: DESIGN_FORMAT_VERSION,
    name,
    graph: { nodes: [], edges: [], groups: [] },
    train: writeTraining(defaultTraining()),
    data: null,
    notes: "",
  };
}
