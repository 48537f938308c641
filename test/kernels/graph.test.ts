import { describe, expect, it } from "vitest";
import { createReferenceBackend } from "../../core/kernels/reference/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import type { OpCase } from "./op-case.ts";
import { runCases } from "./run-case.ts";

const NODES = 3;
const FEATURES = 6;

/** Two samples; only the second edge of the first names an end that is no node. */
const broken = (end: number): OpCase => ({
  op: "graph_product",
  inputs: [
    { shape: [2, 2, 3], fill: [0, 1, 1, end, 0, 1, 0, 1, 1, 1, 2, 1] },
    { shape: [2, NODES, FEATURES], fill: "normal" },
  ],
  attributes: {},
});

describe.each([createReferenceBackend("float32"), createWasmBackend({ arithmetic: "fast", threads: 1 })])(
  "graph_product on $name",
  (backend) => {
    it.each([NODES, -1, 0.5, Number.NaN])("makes the first node of a sample NaN whose edge has the end %d, and no other sample", (end) => {
      const [[y = []] = []] = runCases(backend, [broken(end)]);
      const bad = y.map((value, i) => (Number.isNaN(value) ? i : -1)).filter((i) => i >= 0);
      expect(bad).toEqual(Array.from({ length: FEATURES }, (_, i) => i));
    });
  },
);
