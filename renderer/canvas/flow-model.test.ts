import { expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { startFindings } from "../state/findings.ts";
import { FlowModel } from "./flow-model.ts";

test("a group without layers, which a kept design may hold, is not drawn: it would have no place", () => {
  const { graph, ...rest } = design("in > fc", { in: ["input", { shape: [4] }], fc: ["dense"] });
  const groups = [
    { id: "none", name: "none", node_ids: [], collapsed: false },
    { id: "one", name: "one", node_ids: ["fc"], collapsed: false },
  ];
  const nodes = new FlowModel().flowNodes({ ...rest, graph: { ...graph, groups } }, startFindings().facts, [], new Set(), () => "");
  expect(nodes.map(({ id }) => id)).toEqual(["group:one", "in", "fc"]);
  expect(nodes.every(({ position: { x, y } }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
});
