/** What golden values of constraints are made from: Keras's formulas, said in PyTorch, over weights of several ranks. */
import type { ConstraintDefinition } from "../../../core/layers/layer.ts";
import { Drawing } from "./drawing.ts";
import type { Values } from "./golden-file.ts";

export interface ConstraintJob {
  readonly kind: "constraint";
  readonly name: string;
  readonly constraint: ConstraintDefinition;
  /** Over the weights w. */
  readonly expression: string;
  readonly weights: Values;
}
export interface ConstraintCase extends ConstraintJob {
  readonly result: Values;
}

const SHAPES = [[5], [4, 3], [6, 17], [3, 2, 4, 5], [2, 2, 1, 3]];

export function constraintJobs(): ConstraintJob[] {
  const drawing = new Drawing(77);
  const overs = ["first", "all_but_last", "last"] as const;
  const constraints: ConstraintDefinition[] = [
    { function: "non_neg", over: "first" },
    ...overs.flatMap((over): ConstraintDefinition[] => [
      { function: "max_norm", over, limit: 1.5 },
      { function: "unit_norm", over },
    ]),
  ];
  return SHAPES.flatMap((shape) =>
    constraints.map((constraint) => ({
      kind: "constraint" as const,
      name: `${constraint.function}, ${constraint.over}, [${shape.join(", ")}]`,
      constraint,
      expression: expressionOf(constraint, shape.length),
      weights: drawing.signed(shape, 1.5),
    })),
  );
}

/** keras.constraints: NonNeg, MaxNorm, UnitNorm, with the epsilon of keras.backend. */
function expressionOf({ function: name, over, limit }: ConstraintDefinition, rank: number): string {
  if (name === "non_neg") return "w * (w >= 0)";
  const axes = { first: [0], all_but_last: rank === 1 ? [0] : Array.from({ length: rank - 1 }, (_, i) => i), last: [rank - 1] }[over];
  const norm = `torch.sqrt((w ** 2).sum(dim=(${axes.join(", ")},), keepdim=True))`;
  return name === "unit_norm" ? `w / (1e-7 + ${norm})` : `w * (torch.clamp(${norm}, 0, ${limit}) / (1e-7 + ${norm}))`;
}
