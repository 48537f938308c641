/** Expressions of the layers' PyTorch mappings as Python can run them. */
import { activationDefinition } from "../activations/definitions.ts";

/** Puts the activation's own expression in place of `ACTIVATION:<name>(…)`, wherever it stands. */
export function resolveActivations(expression: string): string {
  const found = /ACTIVATION:(\w+)\(/.exec(expression);
  if (found === null) return expression;
  const start = found.index + found[0].length;
  let depth = 1;
  let end = start;
  while (depth > 0) {
    if (end >= expression.length) throw new Error(`unbalanced parentheses in ${expression}`);
    if (expression[end] === "(") depth += 1;
    if (expression[end] === ")") depth -= 1;
    end += 1;
  }
  const argument = expression.slice(start, end - 1);
  return resolveActivations(
    `${expression.slice(0, found.index)}${activationDefinition(found[1] ?? "").pytorch(argument)}${expression.slice(end)}`,
  );
}
