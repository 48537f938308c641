/** A learning rate that still rises when the training ends: it never reaches what was chosen. */
import { designProblem } from "../graph/problem.ts";
import { scheduleDefinitions } from "../schedules/definitions.ts";
import { defineCheck } from "./check.ts";
import { mostTrainingRows } from "./data-facts.ts";
import { batchRowsOf, optionsOf, trainingOption } from "./training-options.ts";

/** Of all steps, where nothing else is known. */
const USUAL_SHARE = 0.1;

export const warmUpTooLong = defineCheck({
  code: "design.warm_up_too_long",
  runDesign: ({ design, facts }) => {
    const schedule = optionsOf(design, "schedule");
    const { type } = schedule;
    const definition = typeof type === "string" && Object.hasOwn(scheduleDefinitions, type) ? scheduleDefinitions[type] : undefined;
    const field = definition?.warmUpField;
    if (definition === undefined || field === undefined) return [];
    // Rows drawn again, or changed copies of them, make more steps than there are rows.
    if (design.data?.sampling !== undefined || design.data?.augment_text !== undefined) return [];
    const rows = mostTrainingRows(design.data, facts);
    const [size, epochs] = [rows === null ? null : batchRowsOf(design, rows), trainingOption(design, "epochs")];
    const warmUp = schedule[field] ?? definition.schema[field]?.default;
    if (rows === null || size === null || typeof epochs !== "number" || typeof warmUp !== "number") return [];
    const steps = epochs * Math.ceil(rows / size);
    if (steps === 0 || warmUp < steps) return [];
    const shorter = Math.max(1, Math.floor(steps * USUAL_SHARE));
    // Of a training of one step the first is the last.
    if (shorter >= steps) return [];
    const commands = [{ type: "set_training" as const, patch: { schedule: { ...schedule, [field]: shorter } } }];
    const fix = { code: "fix.set_warm_up", params: { steps: shorter }, commands };
    return [designProblem("design.warm_up_too_long", { warm_up: warmUp, steps }, "warning", fix)];
  },
});
