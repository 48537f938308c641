/** Of which curves the point of the checkpoint's own step comes again. */
import { expect, it } from "vitest";
import type { CheckpointHeader } from "../../../core/train/checkpoint.ts";
import { freshState } from "../../../core/train/loop.ts";
import { isMadeAgain } from "./made-again.ts";

const NAMES = ["loss", "val_loss", "batch_loss", "batch_accuracy", "batch_val_loss", "learning_rate", "gradient_norm", "clock"];

function madeAgain(judgedAt: number | null, checkedStep: number): readonly string[] {
  const latestReport =
    judgedAt === null
      ? null
      : { kind: "epoch" as const, epoch: 1, step: judgedAt, loss: 1, valLoss: 1, metrics: {}, better: true, last: false };
  const { bestParameters: _, bestStates: __, ...loop } = { ...freshState(), step: 12, latestReport, checkedStep };
  return NAMES.filter(isMadeAgain({ loop } as Pick<CheckpointHeader, "loop">));
}

it("all of an epoch that had not been judged, and of a check that had not been made; nothing that steps leave behind", () => {
  expect(madeAgain(12, 12)).toEqual([]);
  expect(madeAgain(6, 12)).toEqual(["loss", "val_loss"]);
  expect(madeAgain(null, 10)).toEqual(["loss", "val_loss", "batch_val_loss"]);
});
