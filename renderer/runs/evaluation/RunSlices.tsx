/** Where a model is wrong: figures for each value of a column or each range of its numbers, the worst first, and whether that is more than chance. */
import { useState } from "react";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { SURE } from "../../../core/insight/slices/compare-slices.ts";
import type { MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { useLongAnswer } from "../../state/use-long-answer.ts";
import { sortedFigures } from "../../training/metrics.ts";
import { Field, Select } from "../../ui/Field.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { WideTable } from "../../ui/WideTable.tsx";
import type { AskedRows, EvaluatedOutput } from "./evaluated.ts";
import { FigureHeads } from "./FigureHeads.tsx";
import { sliceName } from "./slice-words.ts";

type Slices = MethodOutput<"runs.slices">;
type Slice = Slices["slices"][number];

interface RunSlicesProps {
  readonly run: Run;
  readonly design: DesignDocument;
  readonly output: EvaluatedOutput;
  readonly of: AskedRows;
}

const BINS = [3, 5, 10] as const;
/** More columns of figures are not read in a panel. */
const MOST_FIGURES = 5;

/** Columns that rows can be cut by, whatever their role. */
export function columnsToSlice(design: DesignDocument): readonly string[] {
  return (design.data?.columns ?? []).flatMap(({ name, type }) => (type === "picture" ? [] : [name]));
}

export function RunSlices({ run, design, output, of }: RunSlicesProps) {
  const t = useText();
  const [column, setColumn] = useState("");
  const [across, setAcross] = useState("");
  const [bins, setBins] = useState<(typeof BINS)[number]>(5);
  const names = columnsToSlice(design);
  const asked = column === "" ? null : { id: run.id, ...of, node_id: output.node_id, column, ...(across === "" ? {} : { across }), bins };
  const answer = useLongAnswer("runs.slices", asked);
  const { value } = answer;
  if (names.length === 0) return null;
  return (
    <section className="slices" aria-label={t("slices.title")}>
      <h3>{t("slices.title")}</h3>
      <div className="field-triple">
        <Field label={t("slices.column")}>
          {(control) => (
            <Select
              {...control}
              value={column}
              options={[{ value: "", label: t("slices.choose") }, ...names.map((name) => ({ value: name, label: name }))]}
              onChange={(name) => {
                setColumn(name);
                if (name === across) setAcross("");
              }}
            />
          )}
        </Field>
        <Field label={t("slices.across")}>
          {(control) => (
            <Select
              {...control}
              value={across}
              options={[
                { value: "", label: t("slices.across_none") },
                ...names.filter((name) => name !== column).map((name) => ({ value: name, label: name })),
              ]}
              onChange={setAcross}
            />
          )}
        </Field>
        <Field label={t("slices.bins")}>
          {(control) => (
            <Select
              {...control}
              value={String(bins)}
              options={BINS.map((count) => ({ value: String(count), label: formatCount(count) }))}
              onChange={(chosen) => setBins(BINS.find((count) => String(count) === chosen) ?? 5)}
            />
          )}
        </Field>
      </div>
      {asked !== null && <LongState answer={answer} what={t("slices.working")} />}
      {value !== null && <SliceTable found={value} />}
    </section>
  );
}

function SliceTable({ found }: { found: Slices }) {
  const t = useText();
  const wrong = found.measure === "wrong";
  const share = (value: number): string => (wrong ? `${formatFigure(value * 100, 3)} %` : formatFigure(value));
  const gap = (value: number): string => (wrong ? t("slices.points", { points: formatFigure(value * 100, 3) }) : formatFigure(value));
  const figures = sortedFigures(Object.keys(found.figures)).slice(0, MOST_FIGURES);
  const worst = Math.max(...found.slices.map(({ mean }) => mean), Number.MIN_VALUE);
  return (
    <>
      <p className="muted">{t("slices.help")}</p>
      <WideTable className="weight-table slices-table">
        <thead>
          <tr>
            <th scope="col">{t("slices.slice")}</th>
            <th scope="col">{t("slices.rows")}</th>
            <th scope="col">{t(wrong ? "slices.wrong" : "slices.error")}</th>
            <th scope="col">{t("slices.difference")}</th>
            <FigureHeads figures={figures} />
          </tr>
        </thead>
        <tbody>
          {found.slices.map((slice) => (
            <SliceRow
              key={JSON.stringify(slice.key)}
              slice={slice}
              dates={found.dates}
              acrossDates={found.across_dates}
              figures={figures}
              share={share}
              gap={gap}
              worst={worst}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("slices.whole")}</th>
            <td>{formatCount(found.rows)}</td>
            <td>{share(found.mean)}</td>
            <td />
            {figures.map((name) => (
              <td key={name}>{formatFigure(found.figures[name] ?? null)}</td>
            ))}
          </tr>
        </tfoot>
      </WideTable>
    </>
  );
}

interface SliceRowProps {
  readonly slice: Slice;
  readonly dates: boolean;
  readonly acrossDates: boolean;
  readonly figures: readonly string[];
  readonly share: (value: number) => string;
  /** Between two shares. */
  readonly gap: (value: number) => string;
  readonly worst: number;
}

function SliceRow({ slice, dates, acrossDates, figures, share, gap, worst }: SliceRowProps) {
  const t = useText();
  const { key, rows, mean, difference, p } = slice;
  const name = sliceName(key, dates, t, acrossDates);
  const sure = p !== null && p < SURE;
  const words = p === null ? "slices.too_few" : !sure ? "slices.chance" : difference > 0 ? "slices.worse" : "slices.better";
  return (
    <tr>
      <th scope="row" className="slice-name">
        {name}
      </th>
      <td>{formatCount(rows)}</td>
      <td className="slices-mean" style={{ "--share": mean / worst } as React.CSSProperties}>
        {share(mean)}
      </td>
      <td title={p === null ? undefined : t("slices.p", { p: formatFigure(p, 2) })}>
        {`${difference > 0 ? "+" : difference < 0 ? "−" : "±"}${gap(Math.abs(difference))} `}
        <span className={!sure ? "faint" : difference > 0 ? "slices-worse" : "slices-better"}>{t(words)}</span>
      </td>
      {figures.map((figure) => (
        <td key={figure}>{slice.figures[figure] === undefined ? "–" : formatFigure(slice.figures[figure] ?? null)}</td>
      ))}
    </tr>
  );
}
