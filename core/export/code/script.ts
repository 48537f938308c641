/** A design or a trained network as a Python script for the library that is asked for. */
import type { DesignDocument } from "../../graph/document.ts";
import { drawnSpec } from "../../spec/drawn-spec.ts";
import { withDefaults } from "../../spec/model.ts";
import type { ModelSpec } from "../../spec/model-spec.ts";
import { readTraining } from "../../spec/training.ts";
import type { ModelFile } from "../json/format.ts";
import { kerasScript } from "../keras/script.ts";
import { pytorchScript } from "../pytorch/script.ts";
import type { CodeSource } from "./script-ends.ts";

export const CODE_TOOLS = ["pytorch", "keras"] as const;
export type CodeTool = (typeof CODE_TOOLS)[number];

const WRITERS: Readonly<Record<CodeTool, (source: CodeSource) => string>> = { pytorch: pytorchScript, keras: kerasScript };

/** @throws AppError design.*, config.*, export.layer_not_said; design.input_shape_unknown where only prepared rows could tell a shape */
export function codeOfDesign(design: DesignDocument, tool: CodeTool): string {
  return WRITERS[tool]({ ...ofDesign(design), spec: drawnSpec(design), training: readTraining(design.train) });
}

const ofDesign = ({ name, data, graph }: DesignDocument): Omit<CodeSource, "spec" | "training"> => ({
  name,
  data,
  vectors: new Map(graph.nodes.flatMap(({ id, vectors }) => (vectors === undefined ? [] : [[id, vectors]]))),
});

/** With the shapes that its rows had. */
export function codeOfModel({ design, spec, training }: Pick<ModelFile, "design" | "spec" | "training">, tool: CodeTool): string {
  const known = withDefaults(spec as ModelSpec);
  return WRITERS[tool]({ ...ofDesign(design), spec: known, training: readTraining(training) });
}
