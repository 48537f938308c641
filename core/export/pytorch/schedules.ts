/** Learning-rate schedules as the body of a Python function `learning_rate(base, step, total_steps)`. */
import type { TrainingOptions } from "../../spec/training.ts";
import { pythonLiteral } from "../code/python.ts";

const orTotal = (value: unknown): string => (value === null ? "total_steps" : String(value));

const BODIES: Readonly<Record<string, (config: Readonly<Record<string, unknown>>) => string[]>> = {
  constant: () => ["return base"],
  exponential_decay: (c) => [
    `passed = step ${c["staircase"] === true ? "//" : "/"} ${c["decay_steps"]}`,
    `return base * ${c["decay_rate"]} ** passed`,
  ],
  piecewise: (c) => [`return base * ${c["factor"]} ** sum(step > boundary for boundary in ${pythonLiteral(c["boundaries"])})`],
  polynomial_decay: (c) => [
    `steps, end = ${orTotal(c["decay_steps"])}, ${c["end_learning_rate"]}`,
    c["cycle"] === true ? "stretch = steps * max(1, math.ceil(step / steps))" : "stretch = steps",
    `return (base - end) * (1 - min(step, stretch) / stretch) ** ${c["power"]} + end`,
  ],
  cosine_restarts: (c) => [
    `period, height, since = ${orTotal(c["first_decay_steps"])}, 1.0, step`,
    "while since >= period:",
    `    since, period, height = since - period, period * ${c["t_mul"]}, height * ${c["m_mul"]}`,
    "cosine = 0.5 * height * (1 + math.cos(math.pi * since / period))",
    `return base * ((1 - ${c["alpha"]}) * cosine + ${c["alpha"]})`,
  ],
  one_cycle: (c) => [
    `total, start = ${orTotal(c["total_steps"])}, base / ${c["div_factor"]}`,
    `end, top = start / ${c["final_div_factor"]}, ${c["pct_start"]} * total - 1`,
    "along = lambda a, b, share: b + 0.5 * (a - b) * (1 + math.cos(math.pi * share))",
    "if step < top:",
    "    return along(start, base, step / top)",
    "return along(base, end, min(1, (step - top) / max(1e-9, total - 1 - top)))",
  ],
  warm_up: (c) => {
    const warm = Number(c["warmup_steps"]);
    const ends: Readonly<Record<string, string>> = {
      linear: "base * (1 - passed)",
      cosine: "base * 0.5 * (1 + math.cos(math.pi * passed))",
      inverse_square_root: `base * math.sqrt(${warm} / (step + 1))`,
    };
    return [
      `if step < ${warm}:`,
      `    return base * (step + 1) / ${warm}`,
      `passed = min(1, (step - ${warm}) / max(1, total_steps - ${warm}))`,
      `return ${ends[String(c["decay"])] ?? "base"}`,
    ];
  },
  // The epoch's end changes `base` (see train).
  reduce_on_plateau: () => ["return base"],
};

/** @throws Error for a schedule that is not known here: the test over all schedules says so first */
export function scheduleBody({ schedule }: Pick<TrainingOptions, "schedule">): string[] {
  const body = BODIES[schedule.type];
  if (body === undefined) throw new Error(`no schedule '${schedule.type}' in Python`);
  return body(schedule.config);
}

/** What is done at the end of an epoch with the figure that is watched; empty for schedules that watch none. */
export function plateauLines({ schedule }: Pick<TrainingOptions, "schedule">): string[] {
  const { config: c } = schedule;
  if (c["patience"] === undefined) return [];
  return [
    "# Reduce on plateau, as Keras does it.",
    `watched = ${c["monitor"] === "loss" ? "loss" : "loss if validation_loss is None else validation_loss"}`,
    "if cooldown > 0:",
    "    cooldown, waited = cooldown - 1, 0",
    `if watched < best_rate_loss - ${c["min_delta"]}:`,
    "    best_rate_loss, waited = watched, 0",
    "elif cooldown == 0:",
    "    waited += 1",
    `    if waited >= ${c["patience"]} and base > ${c["min_lr"]}:`,
    `        base, cooldown, waited = max(${c["min_lr"]}, base * ${c["factor"]}), ${c["cooldown"]}, 0`,
  ];
}
