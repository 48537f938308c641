/** A series in time; columns of numbers against each other, pair by pair, and all of them in the two directions in which they vary most; coloured by the target. */
import { useMemo, useState } from "react";
import type { ColumnDocument, DataDocument, WindowDocument } from "../../core/graph/document.ts";
import type { ColumnProfile, Dataset, MethodOutput } from "../../core/protocol/methods.ts";
import { useAnswer } from "../state/use-answer.ts";
import { Select } from "../ui/Field.tsx";
import { formatCount, formatFigure } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { type Translate, useText } from "../ui/texts.ts";
import { Histogram } from "./Histogram.tsx";
import { PointPlot } from "./PointPlot.tsx";
import { SeriesPlot } from "./SeriesPlot.tsx";
import { seriesColumns } from "./window.ts";

const PAIR_POINTS = 600;
const POINTS = 3000;
/** Columns of the pairs where none are chosen, and at most. */
const FEW = 4;
const MOST = 6;
/** Directions of more columns take seconds. */
const MOST_MIXED = 300;
const SERIES = 8;

interface PlotsTabProps {
  dataset: Dataset;
  data: DataDocument;
  profiles: ReadonlyMap<string, ColumnProfile>;
  chosen: ReadonlySet<string>;
}

export function PlotsTab({ dataset, data, profiles, chosen }: PlotsTabProps) {
  const t = useText();
  const numeric = useMemo(
    () => data.columns.filter(({ name, type }) => type === "numeric" && (profiles.get(name)?.distinct ?? 2) > 1),
    [data.columns, profiles],
  );
  const [colour, setColour] = useState<string | null>(null);
  const target = data.columns.find(({ role, type }) => role === "target" && type !== "picture")?.name ?? "";
  const by = colour ?? target;
  const colouring = data.columns.filter(({ name, type }) => type !== "picture" && type !== "date" && few(profiles.get(name), type));
  return (
    <div className="plots-tab">
      {numeric.length > 1 && (
        <div className="column-tools">
          <span className="muted">{t("data.coloured_by")}</span>
          <Select
            aria-label={t("data.coloured_by")}
            className="show-select"
            value={by}
            options={[{ value: "", label: t("data.coloured_by_none") }, ...colouring.map(({ name }) => ({ value: name, label: name }))]}
            onChange={setColour}
          />
          {data.filter !== undefined && <span className="muted">{t("data.plots_filtered")}</span>}
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys */}
      <section className="plots" tabIndex={0} aria-label={t("data.tab_plots")}>
        {data.window !== undefined && <InTime dataset={dataset} data={data} window={data.window} />}
        {numeric.length < 2 ? (
          data.window === undefined && <p className="column-none muted">{t("data.plots_need_numbers")}</p>
        ) : (
          <>
            <Pairs dataset={dataset} data={data} profiles={profiles} numeric={numeric} chosen={chosen} colour={by === "" ? null : by} />
            <Principal dataset={dataset} data={data} numeric={numeric} colour={by === "" ? null : by} />
          </>
        )}
      </section>
    </div>
  );
}

/** Words of hundreds of values have no colours. */
function few(profile: ColumnProfile | undefined, type: ColumnDocument["type"]): boolean {
  return type === "numeric" || (profile !== undefined && profile.distinct <= 4 * SERIES);
}

/** The target and what is looked back at, over the whole width. */
function InTime({ dataset, data, window }: Pick<PlotsTabProps, "dataset" | "data"> & { window: WindowDocument }) {
  const t = useText();
  const columns = seriesColumns(data).filter(({ name, role }) => role === "target" || window.columns.includes(name));
  return (
    <section className="plot-section" aria-label={t("data.series")}>
      <h3>{t("data.series")}</h3>
      {columns.slice(0, MOST).map(({ name }) => (
        <figure key={name} className="series-figure">
          <figcaption>{name}</figcaption>
          <SeriesPlot data={data} window={window} datasetId={dataset.id} column={name} wide />
        </figure>
      ))}
    </section>
  );
}

interface PlotProps {
  dataset: Dataset;
  data: DataDocument;
  numeric: readonly ColumnDocument[];
  colour: string | null;
}

function Pairs({ dataset, data, profiles, numeric, chosen, colour }: PlotProps & Pick<PlotsTabProps, "profiles" | "chosen">) {
  const t = useText();
  const names = useMemo(() => {
    const wanted = numeric.filter(({ name }) => chosen.has(name));
    const features = numeric.filter(({ role, name }) => role !== "ignored" && name !== colour);
    const shown = wanted.length > 1 ? wanted.slice(0, MOST) : (features.length > 1 ? features : numeric).slice(0, FEW);
    return shown.map(({ name }) => name);
  }, [numeric, chosen, colour]);
  const input = useMemo(
    () => ({ id: dataset.id, columns: data.columns, names, colour, filter: data.filter ?? null, most: PAIR_POINTS }),
    [dataset.id, data.columns, data.filter, names, colour],
  );
  const answer = useAnswer("tables.points", input);
  const { value } = answer;
  return (
    <section className="plot-section" aria-label={t("data.pairs")}>
      <h3>{t("data.pairs")}</h3>
      <p className="muted panel-note">{t("data.pairs_help")}</p>
      <LongState answer={answer} what={t("data.plots_busy")} />
      {value !== null && (
        <>
          <div className="pairs" style={{ gridTemplateColumns: `repeat(${names.length}, minmax(90px, 170px))` }}>
            {names.map((down, row) =>
              names.map((across, column) =>
                row === column ? (
                  <figure key={`${down} ${across}`} className="pair own">
                    <figcaption className="clip" title={down}>
                      {down}
                    </figcaption>
                    <Diagonal profile={profiles.get(down)} />
                  </figure>
                ) : (
                  <PointPlot
                    key={`${down} ${across}`}
                    className="pair"
                    x={value.values[column] ?? []}
                    y={value.values[row] ?? []}
                    labels={value.labels}
                    classCount={value.classes.length}
                    label={t("data.pair_of", { y: down, x: across })}
                  />
                ),
              ),
            )}
          </div>
          <Legend {...value} />
        </>
      )}
    </section>
  );
}

function Diagonal({ profile }: { profile: ColumnProfile | undefined }) {
  return profile === undefined ? null : <Histogram profile={profile} width={140} height={70} />;
}

function Principal({ dataset, data, numeric, colour }: PlotProps) {
  const t = useText();
  const names = useMemo(() => {
    const features = numeric.filter(({ role }) => role === "feature");
    return (features.length > 1 ? features : numeric).slice(0, MOST_MIXED).map(({ name }) => name);
  }, [numeric]);
  const input = useMemo(
    () => ({ id: dataset.id, columns: data.columns, names, colour, filter: data.filter ?? null, most: POINTS }),
    [dataset.id, data.columns, data.filter, names, colour],
  );
  const answer = useAnswer("tables.principal", input);
  const { value } = answer;
  return (
    <section className="plot-section" aria-label={t("data.principal")}>
      <h3>{t("data.principal")}</h3>
      <p className="muted panel-note">{t("data.principal_help", { count: formatCount(names.length) })}</p>
      <LongState answer={answer} what={t("data.plots_busy")} />
      {value !== null && (
        <div className="principal">
          <div>
            <div className="principal-axes">
              <span className="principal-up muted">{componentOf(1, value.explained, t)}</span>
              <PointPlot
                className="principal-plot"
                x={value.x}
                y={value.y}
                labels={value.labels}
                classCount={value.classes.length}
                label={t("data.principal")}
              />
              <span className="principal-along muted">{componentOf(0, value.explained, t)}</span>
            </div>
            <Legend {...value} />
          </div>
          <Shares view={value} />
        </div>
      )}
    </section>
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const componentOf = (place: number, explained: readonly number[], t: Translate): string =>
  `${t("data.component", { number: place + 1 })} (${percent(explained[place] ?? 0)})`;
const SHOWN_SHARES = 10;
const SHOWN_WEIGHTS = 8;

function Shares({ view }: { view: MethodOutput<"tables.principal"> }) {
  const t = useText();
  const strongest = [...view.weights].sort((a, b) => Math.hypot(b.x, b.y) - Math.hypot(a.x, a.y)).slice(0, SHOWN_WEIGHTS);
  return (
    <div className="shares">
      <h4>{t("data.principal_shares")}</h4>
      <ul className="balance">
        {view.explained.slice(0, SHOWN_SHARES).map((share, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: components have no other name
          <li key={place}>
            <span className="clip">{t("data.component", { number: place + 1 })}</span>
            <span className="balance-bar">
              <i className="training" style={{ width: `${100 * share}%` }} />
            </span>
            <span className="number right">{percent(share)}</span>
          </li>
        ))}
      </ul>
      <h4>{t("data.principal_weights")}</h4>
      <table className="weights-table">
        <tbody>
          {strongest.map(({ name, x, y }) => (
            <tr key={name}>
              <th scope="row" className="clip" title={name}>
                {name}
              </th>
              <td className="number right">{x.toFixed(3)}</td>
              <td className="number right">{y.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Legend({ classes, labels, rows }: Pick<MethodOutput<"tables.points">, "classes" | "labels" | "rows">) {
  const t = useText();
  const [low, high] = useMemo(() => extent(labels), [labels]);
  return (
    <p className="plot-legend muted">
      {classes.slice(0, SERIES).map((name, place) => (
        <span key={name}>
          <i className="class-dot" style={{ background: `var(--series-${place + 1})` }} aria-hidden="true" />
          {name}
        </span>
      ))}
      {classes.length === 0 && low <= high && (
        <span className="number">
          {formatFigure(low)}
          <i className="shade-bar" aria-hidden="true" />
          {formatFigure(high)}
        </span>
      )}
      <span>{t("data.points_drawn", { count: formatCount(rows.length) })}</span>
    </p>
  );
}

/** The least and the greatest; Infinity and −Infinity where there are none. */
function extent(values: readonly (number | null)[]): [number, number] {
  const numbers = values.filter((value) => value !== null);
  return [Math.min(...numbers), Math.max(...numbers)];
}
