import { expect, it } from "vitest";
import { appendGradients } from "./autodiff.ts";
import { Builder } from "./builder.ts";
import { at } from "./op.ts";
import { planPrograms } from "./plan.ts";
import { printProgram } from "./printer.ts";

it("prints a program one instruction a line: phase, op, tensors with shapes and places, attributes, node", () => {
  const builder = new Builder();
  builder.nodeId = "dense_1";
  const x = builder.tensor([2, 3], "input", "x");
  const kernel = builder.tensor([3, 1], "parameter", "dense_1/kernel");
  const y = builder.activation(builder.one("linear", [x, kernel]), "tanh");
  builder.nodeId = "y";
  const loss = builder.one("elementwise_loss", [y, builder.tensor([2, 1], "input", "t")], { function: "mse", weight: 1 });
  appendGradients(builder, loss);
  const plan = planPrograms([builder.program([loss])]);
  expect(printProgram(at(plan.programs, 0)).split("\n")).toMatchInlineSnapshot(`
    [
      "   0 forward  linear(input:x[2, 3]@32, parameter:dense_1/kernel[3, 1]@0) -> t2[2, 1]@64   # dense_1",
      "   1 forward  unary(t2[2, 1]@64) {function=tanh} -> t3[2, 1]@80   # dense_1",
      "   2 forward  elementwise_loss(t3[2, 1]@80, input:t[2, 1]@48) {function=mse, weight=1} -> t5[1]@64   # y",
      "   3 backward fill() {shape=1, value=1} -> t6[1]@96   # y",
      "   4 backward elementwise_loss_gradient(t6[1]@96, t3[2, 1]@80, input:t[2, 1]@48) {function=mse, weight=1} -> t7[2, 1]@112   # y",
      "   5 backward unary_gradient(t3[2, 1]@80, t7[2, 1]@112) {function=tanh} -> t8[2, 1]@96   # dense_1",
      "   6 backward linear_weight_gradient(input:x[2, 3]@32, t8[2, 1]@96) -> gradient:dense_1/kernel[3, 1]@16   # dense_1",
    ]
  `);
});
