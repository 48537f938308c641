/** The kernels of a convolution as pictures, by filter; of several channels that go in, the one that is chosen. */
import { useMemo, useState } from "react";
import { Field, Select } from "../../ui/Field.tsx";
import { useText } from "../../ui/texts.ts";
import { heatScale } from "../heat-scale.ts";
import { filterOf, type LookAnswer, type LookArray } from "../look-answer.ts";
import { Tiles } from "./Tiles.tsx";

export function Filters({ look }: { look: LookAnswer }) {
  return look.arrays.map((kernel) => <Kernel key={kernel.name} kernel={kernel} titled={look.arrays.length > 1} />);
}

function Kernel({ kernel, titled }: { kernel: LookArray; titled: boolean }) {
  const t = useText();
  const [wanted, setWanted] = useState("0");
  const scale = useMemo(() => heatScale("signed", kernel.values), [kernel]);
  const channels = kernel.shape.length === 4 ? (kernel.shape[2] ?? 1) : 1;
  const channel = Math.min(Number(wanted), channels - 1);
  return (
    <section className="inside-stack">
      {titled && <h3 className="mono">{kernel.name}</h3>}
      {channels > 1 && (
        <div className="inside-row">
          <Field label={t("inside.channel_in")}>
            {(control) => (
              <Select
                {...control}
                value={String(channel)}
                options={Array.from({ length: channels }, (_, place) => ({ value: String(place), label: String(place + 1) }))}
                onChange={setWanted}
              />
            )}
          </Field>
        </div>
      )}
      <Tiles
        count={kernel.shape.at(-1) ?? 1}
        matrix={(filter) => filterOf(kernel, filter, channel)}
        scale={scale}
        word={t("inside.word.filter")}
        rowWord={t(kernel.shape.length === 4 ? "inside.word.row" : "inside.word.step")}
        columnWord={t(kernel.shape.length === 4 ? "inside.word.column" : "inside.word.channel")}
      />
    </section>
  );
}
