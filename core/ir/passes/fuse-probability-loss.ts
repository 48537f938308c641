/**
 * Where an activation that gives probabilities meets its cross-entropy, the loss is computed from the logits: log of a
 * tiny probability neither overflows nor loses digits. The activation itself stays: predictions are probabilities.
 */
import type { Instruction, Tensor } from "../tensor.ts";

/** @returns the instructions with fused losses in place of the plain ones */
export function fuseProbabilityLoss(instructions: readonly Instruction[]): Instruction[] {
  const producers = new Map<number, Instruction>();
  for (const instruction of instructions) for (const output of instruction.outputs) producers.set(output.id, instruction);
  const throughAliases = (tensor: Tensor): Instruction | undefined => {
    let producer = producers.get(tensor.id);
    while (producer?.op === "reshape" && producer.inputs[0] !== undefined) producer = producers.get(producer.inputs[0].id);
    return producer;
  };
  return instructions.map((instruction) => {
    const [prediction, ...rest] = instruction.inputs;
    if (prediction === undefined) return instruction;
    const producer = throughAliases(prediction);
    const logits = producer?.inputs[0];
    if (producer === undefined || logits === undefined) return instruction;
    const isSigmoid = producer.op === "unary" && producer.attributes["function"] === "sigmoid";
    if (instruction.op === "elementwise_loss" && instruction.attributes["function"] === "binary_crossentropy" && isSigmoid)
      return {
        ...instruction,
        inputs: [logits, ...rest],
        attributes: { ...instruction.attributes, function: "sigmoid_binary_crossentropy" },
      };
    if (instruction.op === "categorical_cross_entropy" && producer.op === "softmax")
      return { ...instruction, op: "softmax_cross_entropy", inputs: [logits, ...rest] };
    return instruction;
  });
}
