/** neuroloom check: what the canvas shows of a design, as lines: shape, parameters and multiply–adds of every layer, and every mistake. */
import { examine } from "../../core/checks/examine.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { Problem } from "../../core/graph/problem.ts";
import { EXIT, errorWords, type Output } from "./output.ts";

/** @returns the exit code */
export function checkDesign(design: DesignDocument, output: Output): number {
  const { nodes, edges, problems, totals, order, ok } = examine(design);
  const named = new Map(design.graph.nodes.map((node) => [node.id, node]));
  for (const id of [...order, ...design.graph.nodes.map((node) => node.id).filter((one) => !order.includes(one))]) {
    const node = named.get(id);
    const found = nodes.get(id);
    if (node === undefined || found === undefined) continue;
    const shape = found.outputs === null ? null : (found.outputs[0] ?? found.inputs[0] ?? null);
    output.result(
      {
        event: "layer",
        node_id: id,
        name: node.name,
        type: node.type,
        output_shape: shape,
        parameters: found.parameters,
        frozen_parameters: found.frozenParameters,
        multiply_adds: found.multiplyAdds,
      },
      `${node.name.padEnd(24)} ${node.type.padEnd(22)} ${(shape === null ? "?" : `[batch, ${shape.join(", ")}]`).padEnd(24)} ${found.parameters.toLocaleString("en").padStart(12)} ${found.multiplyAdds.toLocaleString("en").padStart(14)}${found.frozenParameters > 0 ? "  frozen" : ""}`,
    );
  }
  const all = [
    ...problems,
    ...[...nodes.values()].flatMap((node) => node.problems),
    ...[...edges.values()].flatMap((edge) => edge.problems),
  ];
  for (const problem of all) printProblem(problem, output, named);
  const frozen = totals.frozenParameters === 0 ? "" : ` (${totals.frozenParameters.toLocaleString("en")} frozen)`;
  output.result(
    { event: "total", ok, parameters: totals.parameters, frozen_parameters: totals.frozenParameters, multiply_adds: totals.multiplyAdds },
    `${totals.parameters.toLocaleString("en")} parameters${frozen}, ${totals.multiplyAdds.toLocaleString("en")} multiply–adds a sample`,
  );
  return ok ? EXIT.ok : EXIT.inputAtFault;
}

function printProblem(problem: Problem, output: Output, named: ReadonlyMap<string, { readonly name: string }>): void {
  const nodeId = problem.nodeId ?? problem.error.nodeId ?? null;
  const { message, hint } = errorWords(problem.error);
  const place = nodeId === null ? "" : ` ${named.get(nodeId)?.name ?? nodeId}:`;
  output.result(
    { event: problem.severity, code: problem.error.code, message, hint, node_id: nodeId, edge_id: problem.edgeId ?? null },
    `${problem.severity}:${place} ${message}${hint === "" ? "" : ` ${hint}`}`,
  );
}
