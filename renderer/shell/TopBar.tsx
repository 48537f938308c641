/** The bar at the top: where one is (project, save state, data), and what one can do from anywhere (train, runs, export). */
import { type ActEntry, closeProject, redo, undo, useDocument } from "../state/document.ts";
import { useLiveRun, useRuns } from "../state/runs.ts";
import { useSession } from "../state/session.ts";
import { report } from "../state/toasts.ts";
import { openDialog, type Screen, showScreen } from "../state/view.ts";
import { useActText } from "../ui/act-words.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { formatCount } from "../ui/format.ts";
import { Menu, type MenuEntry } from "../ui/Menu.tsx";
import { useText } from "../ui/texts.ts";
import { discard, exportModel, pauseOrResume, quit, saveDesign, stop } from "./acts.ts";
import { DataChip } from "./DataChip.tsx";
import { ProjectName } from "./ProjectName.tsx";
import { TrainMenu } from "./TrainMenu.tsx";

export function TopBar({ screen }: { screen: Screen }) {
  const t = useText();
  const hasProject = useDocument((state) => state.project !== null);
  const heading = useDocument((state) => state.project?.name) ?? t("start.title");
  const leave = (): void => {
    closeProject()
      .then(() => showScreen("start"))
      .catch(report);
  };
  return (
    <header className="top-bar">
      <h1 className="visually-hidden">{heading}</h1>
      <button type="button" className="logo" aria-label={t("shell.start_page")} onClick={leave}>
        Neuroloom
      </button>
      {hasProject && screen !== "start" && (
        <>
          <nav className="crumbs" aria-label={t("shell.projects")}>
            <button type="button" className="crumb" onClick={leave}>
              {t("shell.projects")}
            </button>
            <span aria-hidden="true">/</span>
            <ProjectName />
          </nav>
          <DataChip />
        </>
      )}
      <span className="spacer" />
      {hasProject && screen !== "start" && <ProjectActs screen={screen} />}
      <LanguageAndTheme />
    </header>
  );
}

function ProjectActs({ screen }: { screen: Screen }) {
  const t = useText();
  const runCount = useRuns((state) => state.runs.length + state.older);
  const live = useLiveRun();
  return (
    <>
      <UndoButtons />
      {screen !== "designer" && <Button onClick={() => showScreen("designer")}>{t("shell.designer")}</Button>}
      <Button aria-pressed={screen === "data"} onClick={() => showScreen("data")}>
        {t("shell.data")}
      </Button>
      <Button aria-pressed={screen === "runs"} onClick={() => showScreen("runs")}>
        {runCount === 0 ? t("shell.runs") : t("shell.runs_count", { count: formatCount(runCount) })}
      </Button>
      <Button onClick={exportModel}>{t("shell.export")}</Button>
      {live !== null && (
        <>
          <Button
            icon={live.status === "paused" ? "play" : "pause"}
            disabled={live.status === "queued" || live.status === "preparing"}
            onClick={pauseOrResume}
          >
            {live.status === "paused" ? t("shell.resume") : t("shell.pause")}
          </Button>
          <Button icon="stop" onClick={stop}>
            {t("shell.stop")}
          </Button>
          <IconButton icon="trash" act="discard" label={t("runs.discard")} onClick={discard} />
        </>
      )}
      <TrainMenu />
    </>
  );
}

function nameOf(entry: ActEntry | undefined, actText: ReturnType<typeof useActText>): string | null {
  return entry === undefined ? null : actText(entry.label);
}

function UndoButtons() {
  const t = useText();
  const actText = useActText();
  // As texts: every move of a drag writes its entry anew, under the same name.
  const undone = useDocument((state) => nameOf(state.acts[state.done - 1], actText));
  const redone = useDocument((state) => nameOf(state.acts[state.done], actText));
  return (
    <span className="button-pair">
      <IconButton
        icon="undo"
        act="undo"
        label={t("common.undo")}
        hint={undone === null ? t("shell.undo_nothing") : t("shell.undo", { what: undone })}
        aria-disabled={undone === null}
        onClick={undo}
      />
      <IconButton
        icon="redo"
        act="redo"
        label={t("common.redo")}
        hint={redone === null ? t("shell.redo_nothing") : t("shell.redo", { what: redone })}
        aria-disabled={redone === null}
        onClick={redo}
      />
    </span>
  );
}

function LanguageAndTheme() {
  const t = useText();
  const language = useSession((state) => state.language);
  const theme = useSession((state) => state.theme);
  const hasProject = useDocument((state) => state.project !== null);
  const { setLanguage, setTheme } = useSession.getState();
  const entries: MenuEntry[] = [
    { label: t("shell.settings"), act: "settings", onSelect: () => openDialog({ name: "settings" }) },
    { label: t("shell.shortcuts"), act: "help", onSelect: () => openDialog({ name: "shortcuts" }) },
  ];
  if (hasProject)
    entries.push(
      "line",
      { label: t("versions.keep_now"), act: "keepVersion", onSelect: () => openDialog({ name: "keepVersion" }) },
      { label: t("versions.menu"), act: "versions", onSelect: () => openDialog({ name: "versions" }) },
    );
  if (hasProject) entries.push("line", { label: t("shell.save_design"), onSelect: () => void saveDesign().catch(report) });
  entries.push("line", { label: t("shell.quit"), onSelect: quit });
  return (
    <>
      <Button
        look="quiet"
        className="language"
        aria-label={t("shell.switch_language")}
        onClick={() => setLanguage(language === "en" ? "zh" : "en")}
      >
        {language === "en" ? "中文" : "EN"}
      </Button>
      <IconButton
        icon={theme === "dark" ? "sun" : "moon"}
        label={t("shell.switch_theme")}
        onClick={() => setTheme(theme === "dark" ? "light" : "dark")}
      />
      <Menu trigger={<IconButton icon="more" label={t("shell.more")} />} entries={entries} />
    </>
  );
}
