/** The compared runs looked at by their properties: any option against any figure, parallel coordinates, one small chart a run. */
import { useEffect, useMemo, useRef, useState } from "react";
import { openRun } from "../runs/opened-run.ts";
import { useGroups } from "../state/groups.ts";
import { toast } from "../state/toasts.ts";
import { setComparedRuns, useView } from "../state/view.ts";
import { ParallelCoordinates } from "../sweeps/ParallelCoordinates.tsx";
import type { Brush } from "../sweeps/parallel-axes.ts";
import { metricTitle } from "../training/chart-words.ts";
import { higherIsBetter, metricOfCurve } from "../training/metrics.ts";
import { Button } from "../ui/Button.tsx";
import { InlineSelect } from "../ui/Field.tsx";
import { type TextKey, useLanguage, useText } from "../ui/texts.ts";
import { AxesChoice } from "./AxesChoice.tsx";
import { axisOfRow, axisRows, type ComparedAxis, firstAxes, goodnessOf, keptRuns, parallelRows } from "./compare-axes.ts";
import { type CompareRow, compareRuns } from "./compare-runs.ts";
import { rowTitle, valueText, type Words } from "./compare-words.ts";
import { drawnByLog } from "./drawn-by-log.ts";
import { RunScatter } from "./RunScatter.tsx";
import type { RunDetails } from "./run-details.ts";
import type { BrushChange } from "./ScatterBrush.tsx";
import { SmallMultiples } from "./SmallMultiples.tsx";
import "../sweeps/sweeps.css";
import "./explore.css";

const VIEWS = ["scatter", "parallel", "small"] as const;
type View = (typeof VIEWS)[number];
/** So many axes are proposed, and so many can be told apart. */
const PROPOSED_AXES = 7;
const MOST_AXES = 16;

export function CompareExplore({ details }: { details: readonly RunDetails[] }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const shown = useRef<HTMLDetailsElement>(null);
  // What is opened at the foot of the screen is brought into sight.
  useEffect(() => {
    if (open) shown.current?.scrollIntoView({ block: "start" });
  }, [open]);
  return (
    <details className="compare-explore" open={open} onToggle={(event) => setOpen(event.currentTarget.open)} ref={shown}>
      <summary>{t("explore.title")}</summary>
      {open && <Explore details={details} />}
    </details>
  );
}

function Explore({ details }: { details: readonly RunDetails[] }) {
  const t = useText();
  const language = useLanguage();
  const [view, setView] = useState<View>("scatter");
  const [active, setActive] = useState<string | null>(null);
  const runs = useMemo(() => details.map(({ run }) => run), [details]);
  const rows = useMemo(
    () =>
      axisRows(
        compareRuns(
          details.map(({ design }) => design),
          runs,
        ),
      ),
    [details, runs],
  );
  const groups = useGroups((state) => state.groups);
  const byLog = useMemo(() => drawnByLog(groups, details), [groups, details]);
  const words = useMemo<Words>(() => ({ t, language }), [t, language]);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Brush>>(new Map());
  // Of rows in which other runs differed nothing is chosen.
  const brushes = useMemo(() => new Map([...chosen].filter(([key]) => rows.some((row) => row.key === key))), [chosen, rows]);
  const kept = useMemo(
    () =>
      keptRuns(
        runs,
        rows.filter(({ key }) => brushes.has(key)).map((row) => axisOf(row, { runs, words, byLog })),
        brushes,
      ),
    [runs, rows, brushes, words, byLog],
  );
  const onBrush = (change: BrushChange): void => {
    const next = new Map(brushes);
    for (const [key, stretch] of change) {
      if (stretch === null) next.delete(key);
      else next.set(key, stretch);
    }
    setChosen(next);
  };
  const common = { runs, rows, words, byLog, active, onActivate: setActive, brushes, onBrush, kept };
  return (
    <div className="explore-body">
      <div className="explore-bar">
        {VIEWS.map((name) => (
          <Button key={name} small aria-pressed={view === name} onClick={() => setView(name)}>
            {t(`explore.${name}`)}
          </Button>
        ))}
        {brushes.size > 0 && <ChosenRuns runs={runs} kept={kept} onClear={() => setChosen(new Map())} />}
      </div>
      {view === "scatter" ? <Scatter {...common} /> : view === "parallel" ? <Parallel {...common} /> : <Small {...common} />}
    </div>
  );
}

interface ChosenRunsProps {
  runs: readonly RunDetails["run"][];
  kept: readonly RunDetails["run"][];
  onClear: () => void;
}

/** How many runs lie in what was chosen, and what can be done with them. */
function ChosenRuns({ runs, kept, onClear }: ChosenRunsProps) {
  const t = useText();
  const onlyThese = (): void => {
    const before = useView.getState().comparedRuns;
    setComparedRuns(kept.map(({ id }) => id));
    onClear();
    toast((t) => t("explore.only_these_done", { count: kept.length }), {
      label: (t) => t("common.undo"),
      run: () => setComparedRuns(before),
    });
  };
  return (
    <>
      <span className="muted" aria-live="polite">
        {t("groups.kept", { shown: kept.length, count: runs.length })}
      </span>
      <Button small disabled={kept.length < 2 || kept.length === runs.length} onClick={onlyThese}>
        {t("explore.only_these")}
      </Button>
      <Button small onClick={onClear}>
        {t("explore.clear")}
      </Button>
    </>
  );
}

interface ViewProps {
  runs: readonly RunDetails["run"][];
  rows: readonly CompareRow[];
  words: Words;
  active: string | null;
  onActivate: (id: string | null) => void;
  brushes: ReadonlyMap<string, Brush>;
  onBrush: (change: BrushChange) => void;
  /** Keys of the rows whose values a search drew by their logarithm. */
  byLog: ReadonlySet<string>;
  /** Those that lie in every stretch. */
  kept: readonly RunDetails["run"][];
}

const axisOf = (row: CompareRow, { runs, words, byLog }: Pick<ViewProps, "runs" | "words" | "byLog">): ComparedAxis =>
  axisOfRow(row, runs, rowTitle(row, words), (value) => valueText(row, value, words), byLog.has(row.key));

/** The row that was chosen, or the first proposal where that is gone. */
function useAxisChoice({ rows, words }: Pick<ViewProps, "rows" | "words">, which: "x" | "y", name: TextKey = `explore.axis_${which}`) {
  const [chosen, setChosen] = useState<string | null>(null);
  const key = rows.some((row) => row.key === chosen) ? chosen : firstAxes(rows)[which];
  const label = words.t(name);
  const select = (
    <InlineSelect
      label={label}
      value={key ?? ""}
      options={rows.map((row) => ({ value: row.key, label: rowTitle(row, words) }))}
      onChange={setChosen}
    />
  );
  return { row: rows.find((row) => row.key === key), select };
}

function Scatter(props: ViewProps) {
  const [x, y] = [useAxisChoice(props, "x"), useAxisChoice(props, "y")];
  if (x.row === undefined || y.row === undefined) return null;
  return (
    <>
      <div className="explore-bar">
        {x.select}
        {y.select}
      </div>
      <RunScatter
        runs={props.runs}
        x={axisOf(x.row, props)}
        y={axisOf(y.row, props)}
        brushes={props.brushes}
        onBrush={props.onBrush}
        isKept={(run) => props.kept.includes(run)}
        active={props.active}
        onActivate={props.onActivate}
        onOpen={openRun}
      />
    </>
  );
}

function Parallel(props: ViewProps) {
  const { rows, runs, active, onActivate, brushes, onBrush } = props;
  const figure = useAxisChoice(props, "y", "explore.axis_last");
  const last = figure.row;
  const [own, setOwn] = useState<ReadonlySet<string> | null>(null);
  if (last === undefined) return null;
  const others = rows.filter(({ key }) => key !== last.key);
  const options =
    own === null ? parallelRows(rows, last.key, brushes, PROPOSED_AXES - 1) : others.filter(({ key }) => own.has(key) || brushes.has(key));
  const axes = [...options, last].map((row) => axisOf(row, props));
  const judged = axisOf(last, props);
  return (
    <>
      <div className="explore-bar">
        {figure.select}
        <AxesChoice
          rows={others}
          shown={new Set(options.map(({ key }) => key))}
          most={MOST_AXES - 1}
          words={props.words}
          onChoose={setOwn}
        />
      </div>
      {options.length === 0 ? (
        <p className="muted">{props.words.t("explore.axes_choose")}</p>
      ) : (
        <ParallelCoordinates
          axes={axes}
          runs={runs}
          brushes={brushes}
          onBrush={(key, stretch) => onBrush(new Map([[key, stretch]]))}
          goodness={goodnessOf(judged, runs, last.group === "figures" && higherIsBetter(last.field))}
          active={active}
          onActivate={onActivate}
        />
      )}
    </>
  );
}

function Small({ rows, kept, words, active }: ViewProps) {
  const metrics = [...new Set(rows.flatMap(({ group, field }) => (group === "figures" ? [metricOfCurve(field).metric] : [])))];
  const [chosen, setChosen] = useState("");
  const metric = metrics.includes(chosen) ? chosen : (metrics[0] ?? "loss");
  return (
    <>
      <div className="explore-bar">
        <InlineSelect
          label={words.t("explore.metric")}
          value={metric}
          options={metrics.map((name) => ({ value: name, label: metricTitle(name, words.t) }))}
          onChange={setChosen}
        />
      </div>
      <SmallMultiples runs={kept} metric={metric} active={active} onOpen={openRun} />
    </>
  );
}
