/** The data screen: choose data; then its columns and rows, and beside them target, split and what is done to each column. */
import { startTransition, useEffect, useMemo, useState } from "react";
import type { DataDocument } from "../../core/graph/document.ts";
import type { DatasetProfile } from "../../core/protocol/methods.ts";
import { loadDataset, useDataset } from "../state/dataset.ts";
import { useDocument } from "../state/document.ts";
import { Button } from "../ui/Button.tsx";
import { formatBytes, formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Busy, Failure } from "../ui/States.tsx";
import { TabRow } from "../ui/TabRow.tsx";
import { useText } from "../ui/texts.ts";
import { AugmentPanel } from "./AugmentPanel.tsx";
import { previewSource } from "./augment.ts";
import { ChooseData } from "./ChooseData.tsx";
import { ColumnPanel } from "./ColumnPanel.tsx";
import { ColumnsTab } from "./ColumnsTab.tsx";
import { GraphPanel } from "./graph/GraphPanel.tsx";
import { wordColumns } from "./graph/graph-of.ts";
import { ImportStatus } from "./ImportStatus.tsx";
import { useFollowLayout, useLayout } from "./layout.ts";
import { useLeaks } from "./leaks.ts";
import { usePasteTable } from "./PasteTable.tsx";
import { PictureWall } from "./PictureWall.tsx";
import { PlotsTab } from "./PlotsTab.tsx";
import { preparations as preparationsOf } from "./preparation.ts";
import { ReadAs } from "./ReadAs.tsx";
import { RowsTab } from "./RowsTab.tsx";
import { SplitPanel } from "./SplitPanel.tsx";
import { StepsPanel } from "./StepsPanel.tsx";
import { TextAugmentPanel } from "./TextAugmentPanel.tsx";
import "./data.css";
import "./columns.css";
import "./choose.css";
import "./kinds.css";
import "./rows.css";

export function DataScreen() {
  const t = useText();
  const datasetId = useDocument((state) => state.datasetId);
  const data = useDocument((state) => state.design?.data ?? null);
  const { profile, loading, error } = useDataset();
  const [choosing, setChoosing] = useState(false);
  useFollowLayout();
  usePasteTable();
  const source = data?.source;
  // A data set that came by another way (a file dropped on the window) ends the choosing, the same file again too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the data set changes, not when choosing does
  useEffect(() => setChoosing(false), [datasetId, source]);
  const missing = datasetId === null && data?.source.kind === "file" ? data.source.name : null;
  const ready = profile !== null && data !== null && datasetId !== null;
  return (
    <main className="screen data-screen" aria-label={t("data.title")}>
      <ImportStatus />
      {datasetId === null || choosing || (data === null && !loading) ? (
        <>
          {datasetId !== null && data !== null && (
            <div className="data-head">
              <Button onClick={() => setChoosing(false)}>{t("data.back")}</Button>
            </div>
          )}
          <ChooseData missing={missing} onChosen={() => setChoosing(false)} />
        </>
      ) : (
        <>
          {loading && <Busy what={t("data.profile_loading")} onCancel={() => setChoosing(true)} />}
          {error !== null && (
            <>
              <Failure error={error} onRetry={() => void loadDataset(datasetId)} />
              <div className="data-head center">
                <Button onClick={() => setChoosing(true)}>{t("data.other")}</Button>
              </div>
            </>
          )}
          {ready && <ChosenData key={datasetId} profile={profile} data={data} onOther={() => setChoosing(true)} />}
        </>
      )}
    </main>
  );
}

type MainTab = "columns" | "rows" | "plots" | "pictures";
type SideTab = "split" | "column" | "steps" | "augment" | "graph";

function ChosenData({ profile, data, onOther }: { profile: DatasetProfile; data: DataDocument; onOther: () => void }) {
  const t = useText();
  const { dataset } = profile;
  const [tab, setTab] = useState<MainTab>("columns");
  const [sideTab, setSideTab] = useState<SideTab>("split");
  // The frame, then the columns, then what is beside them, in pieces: all at once keeps the window from answering for too long.
  const [drawn, setDrawn] = useState(0);
  useEffect(() => {
    if (drawn < 2) startTransition(() => setDrawn(drawn + 1));
  }, [drawn]);
  const [chosenNames, setChosenNames] = useState<ReadonlySet<string>>(new Set());
  const failed = useLayout((state) => state.error !== null);
  const profiles = useMemo(() => new Map(profile.columns.map((column) => [column.name, column])), [profile]);
  const { columns, steps } = data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the counts of the data section change nothing here
  const preparations = useMemo(() => preparationsOf(data), [columns, steps]);
  const targets = useMemo(() => columns.filter(({ role }) => role === "target").map(({ name }) => name), [columns]);
  const leaks = useLeaks(dataset.id, targets);
  const chosen = useMemo(() => columns.filter(({ name }) => chosenNames.has(name)), [columns, chosenNames]);
  const choose = (names: ReadonlySet<string>, open: boolean): void => {
    setChosenNames(names);
    if (open || names.size > 1) setSideTab("column");
  };
  const hasPictures = useDocument(
    ({ design }) =>
      data.augment !== undefined || (design !== null && previewSource(data, design.graph, profiles, dataset.row_count, 1) !== null),
  );
  const hasTexts = data.graph === undefined && columns.some(({ type, role }) => type === "text" && role === "feature");
  const mayBeGraph = data.graph !== undefined || wordColumns(data, profiles, dataset.row_count).length > 0;
  const names = useMemo(() => profile.columns.map(({ name }) => name), [profile]);
  return (
    <>
      <div className="data-head">
        <Icon name="data" />
        <h2 className="clip">{dataset.name}</h2>
        <span className="muted number clip">
          {t("data.size", {
            rows: formatCount(dataset.row_count),
            columns: formatCount(dataset.column_count),
            size: formatBytes(dataset.size_bytes),
          })}
        </span>
        <span className="spacer" />
        <ReadAs />
        <Button onClick={onOther}>{t("data.other")}</Button>
      </div>
      <div className="data-body">
        <div className="data-main">
          <TabRow<MainTab>
            name={t("data.title")}
            value={tab}
            onChange={setTab}
            tabs={[
              {
                key: "columns",
                label: `${t("data.tab_columns")} · ${formatCount(columns.length)}`,
                content: () =>
                  drawn > 0 && (
                    <ColumnsTab
                      data={data}
                      profile={profile}
                      profiles={profiles}
                      preparations={preparations}
                      leaks={leaks}
                      chosen={chosenNames}
                      onChoose={choose}
                    />
                  ),
              },
              {
                key: "rows",
                label: `${t("data.tab_rows")} · ${formatCount(dataset.row_count)}`,
                content: () => <RowsTab dataset={dataset} names={names} data={data} />,
              },
              {
                key: "plots",
                label: t("data.tab_plots"),
                content: () => <PlotsTab dataset={dataset} data={data} profiles={profiles} chosen={chosenNames} />,
              },
              ...(columns.some(({ type }) => type === "picture")
                ? [
                    {
                      key: "pictures" as const,
                      label: t("data.tab_pictures"),
                      content: () => <PictureWall dataset={dataset} data={data} />,
                    },
                  ]
                : []),
            ]}
          />
        </div>
        <aside className="data-panel" aria-label={t("data.panel")}>
          {drawn > 1 && (
            <TabRow<SideTab>
              name={t("data.panel")}
              value={sideTab}
              onChange={setSideTab}
              tabs={[
                {
                  key: "split",
                  label: t("data.panel_split"),
                  ...(failed ? { count: 1, tone: "bad" as const } : {}),
                  content: () => <SplitPanel data={data} profiles={profiles} datasetId={dataset.id} rowCount={dataset.row_count} />,
                },
                {
                  key: "column",
                  label: chosen.length > 1 ? t("data.panel_columns", { count: formatCount(chosen.length) }) : t("data.panel_column"),
                  content: () => (
                    <ColumnPanel
                      data={data}
                      chosen={chosen}
                      profiles={profiles}
                      preparations={preparations}
                      warnings={[...leaks, ...profile.warnings.map(({ code, params }) => ({ code, params }))]}
                      dataset={dataset}
                    />
                  ),
                },
                {
                  key: "steps",
                  label: `${t("data.steps")} · ${formatCount(steps.length)}`,
                  content: () => <StepsPanel data={data} chosen={chosen} />,
                },
                ...(hasPictures || hasTexts
                  ? [
                      {
                        key: "augment" as const,
                        label: t("data.augment_tab"),
                        content: () =>
                          hasPictures ? (
                            <AugmentPanel data={data} datasetId={dataset.id} profiles={profiles} rowCount={dataset.row_count} />
                          ) : (
                            <div className="panel-body">
                              <TextAugmentPanel data={data} datasetId={dataset.id} />
                            </div>
                          ),
                      },
                    ]
                  : []),
                ...(mayBeGraph
                  ? [
                      {
                        key: "graph" as const,
                        label: t("data.graph_tab"),
                        content: () => <GraphPanel data={data} profiles={profiles} rowCount={dataset.row_count} />,
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </aside>
      </div>
    </>
  );
}
