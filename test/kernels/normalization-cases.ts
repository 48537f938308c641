/** Cases of the normalizations, over a batch, over a row and by the root of the mean square. */
import type { OpName } from "../../core/ir/op-name.ts";
import { ROWS_AND_CHANNELS, ROWS_IN_PIECES } from "./case-shapes.ts";
import { type OpCase, one } from "./op-case.ts";

export const normalizationCases = {
  batch_normalization: [...ROWS_AND_CHANNELS, ...ROWS_IN_PIECES].map(([m, c]) =>
    one(
      "batch_normalization",
      [
        [[m, c], "normal"],
        [[c], "positive"],
        [[c], "normal"],
        [[c], "normal"],
        [[c], "positive"],
      ],
      { epsilon: 1e-3, momentum: 0.9 },
    ),
  ),
  batch_normalization_gradient: [...ROWS_AND_CHANNELS, ...ROWS_IN_PIECES].map(([m, c]) =>
    one("batch_normalization_gradient", [
      [[m, c], "normal"],
      [[c], "positive"],
      [[c], "normal"],
      [[c], "positive"],
      [[m, c], "normal"],
    ]),
  ),
  batch_normalization_inference: ROWS_AND_CHANNELS.map(([m, c]) =>
    one(
      "batch_normalization_inference",
      [
        [[m, c], "normal"],
        [[c], "positive"],
        [[c], "normal"],
        [[c], "normal"],
        [[c], "positive"],
      ],
      { epsilon: 1e-3 },
    ),
  ),
  layer_normalization: ROWS_AND_CHANNELS.map(([m, c]) =>
    one(
      "layer_normalization",
      [
        [[m, c], "normal"],
        [[c], "positive"],
        [[c], "normal"],
      ],
      { epsilon: 1e-3 },
    ),
  ),
  layer_normalization_gradient: ROWS_AND_CHANNELS.map(([m, c]) =>
    one("layer_normalization_gradient", [
      [[m, c], "normal"],
      [[c], "positive"],
      [[m], "normal"],
      [[m], "positive"],
      [[m, c], "normal"],
    ]),
  ),
  rms_normalization: ROWS_AND_CHANNELS.map(([m, c]) => one("rms_normalization", [[[m, c], "normal"]], { epsilon: 1e-3 })),
  rms_normalization_gradient: ROWS_AND_CHANNELS.map(([m, c]) =>
    one("rms_normalization_gradient", [
      [[m, c], "normal"],
      [[m], "positive"],
      [[m, c], "normal"],
    ]),
  ),
} satisfies Partial<Record<OpName, readonly OpCase[]>>;
