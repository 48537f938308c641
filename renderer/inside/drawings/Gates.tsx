/** Gates and states of a recurrent layer: a map each, time from left to right, units from top to bottom. */
import { useMemo } from "react";
import { useText } from "../../ui/texts.ts";
import { HeatLegend, HeatMap } from "../HeatMap.tsx";
import { boundedScale, type HeatScale, heatScale } from "../heat-scale.ts";
import { type LookAnswer, type LookArray, transposed } from "../look-answer.ts";

/** So many words can be read along the time. */
const MOST_NAMES = 30;

export function Gates({ look }: { look: LookAnswer }) {
  const steps = look.labels["steps"] ?? null;
  return (
    <div className="inside-grid">
      {look.arrays.map((one) => (
        <Gate key={one.name} gate={one} steps={steps} />
      ))}
    </div>
  );
}

function Gate({ gate, steps }: { gate: LookArray; steps: readonly string[] | null }) {
  const t = useText();
  const scale = useMemo(() => gateScale(gate), [gate]);
  const matrix = useMemo(() => transposed(gate), [gate]);
  const title = gateTitle(gate.name, t);
  return (
    <section>
      <div className="inside-row">
        <h3>{title}</h3>
        <HeatLegend scale={scale} />
      </div>
      <HeatMap
        matrix={matrix}
        scale={scale}
        label={title}
        columnNames={steps}
        showNames={steps !== null && steps.length <= MOST_NAMES}
        rowWord={t("inside.word.unit")}
        columnWord={t("inside.word.step")}
        axes={{ rows: t("inside.word.unit"), columns: t("inside.word.step") }}
        width={300}
        cell={Math.max(0.2, (300 / matrix.columns) * (matrix.rows / 120))}
      />
    </section>
  );
}

const OPEN_OR_SHUT: ReadonlySet<string> = new Set(["input", "forget", "output", "update", "reset"]);
const EITHER_SIGN: ReadonlySet<string> = new Set(["candidate", "states"]);

/** How far a gate is open goes from 0 to 1, what it lets through from −1 to 1 with tanh; only the memory of an LSTM has no bounds. */
function gateScale({ name, values }: LookArray): HeatScale {
  const own = name.replace(/^(forward|backward)_/, "");
  if (OPEN_OR_SHUT.has(own)) return boundedScale(0, 1, values);
  return EITHER_SIGN.has(own) ? boundedScale(-1, 1, values) : heatScale("signed", values);
}

const GATES = {
  input: "inside.gate.input",
  forget: "inside.gate.forget",
  output: "inside.gate.output",
  update: "inside.gate.update",
  reset: "inside.gate.reset",
  candidate: "inside.gate.candidate",
  states: "inside.gate.states",
  cell_states: "inside.gate.cell_states",
} as const;
const DIRECTIONS = { forward_: "inside.forward", backward_: "inside.backward" } as const;

function gateTitle(name: string, t: ReturnType<typeof useText>): string {
  for (const [prefix, key] of Object.entries(DIRECTIONS))
    if (name.startsWith(prefix)) return t("inside.direction", { direction: t(key), gate: gateTitle(name.slice(prefix.length), t) });
  const gate = Object.entries(GATES).find(([known]) => known === name);
  return gate === undefined ? name : t(gate[1]);
}
