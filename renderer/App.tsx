/** The frame of every screen: top bar, the screen itself, status line, dialogs, messages, keys that work everywhere. */
import { Tooltip } from "radix-ui";
import { type ComponentType, useEffect } from "react";
import { closeGraphDialog, useGraphFiles } from "./data/graph/graph-files.ts";
import { closeJoin, useJoin } from "./data/join-files.ts";
import { WindowDrop } from "./data/WindowDrop.tsx";
import { ConnectionLost } from "./shell/ConnectionLost.tsx";
import { ErrorBoundary } from "./shell/ErrorBoundary.tsx";
import { fetchWaiting, loadedLater } from "./shell/loaded-later.tsx";
import { StaleDialog } from "./shell/StaleDialog.tsx";
import { StatusLine } from "./shell/StatusLine.tsx";
import { dialogs, screens } from "./shell/slots.tsx";
import { TopBar } from "./shell/TopBar.tsx";
import { useAppKeys } from "./shell/use-app-keys.ts";
import { ElsewhereDialog } from "./start/ElsewhereDialog.tsx";
import { ProjectFileDialog } from "./start/ProjectFileDialog.tsx";
import { useDocument } from "./state/document.ts";
import { type DialogRequest, useView } from "./state/view.ts";
import { focusScreen } from "./ui/screen-focus.ts";
import { Toasts } from "./ui/Toasts.tsx";
import "./shell/shell.css";

let arrivedBefore = false;

export function App() {
  const screen = useView((state) => state.screen);
  const hasProject = useDocument((state) => state.project !== null);
  useAppKeys();
  useEffect(() => {
    if (hasProject) fetchWaiting();
  }, [hasProject]);
  const shown = hasProject ? screen : "start";
  const Shown = screens[shown];
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      <div className="app">
        <TopBar screen={shown} />
        <ErrorBoundary key={shown}>
          {Shown !== undefined && <Shown />}
          <Arrival />
        </ErrorBoundary>
        {hasProject && <StatusLine />}
      </div>
      <OpenDialog />
      <Joining />
      <StaleDialog />
      <ElsewhereDialog />
      <ProjectFileDialog />
      <ConnectionLost />
      <WindowDrop />
      <Toasts />
    </Tooltip.Provider>
  );
}

/** Another screen is there: the focus that went with the last one comes along. The first screen leaves it to the browser. */
function Arrival() {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (arrivedBefore) focusScreen();
      arrivedBefore = true;
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return null;
}

const JoinDialog = loadedLater(() => import("./data/JoinDialog.tsx").then(({ JoinDialog }) => JoinDialog), {
  kind: "dialog",
  leave: closeJoin,
});

const GraphDialog = loadedLater(() => import("./data/graph/GraphDialog.tsx").then(({ GraphDialog }) => GraphDialog), {
  kind: "dialog",
  leave: closeGraphDialog,
});

/** Several files come before there is a project, too. */
function Joining() {
  const joins = useJoin((state) => state.open);
  const makesGraph = useGraphFiles((state) => state.open);
  if (!joins && !makesGraph) return null;
  return joins ? <JoinDialog /> : <GraphDialog />;
}

function OpenDialog() {
  const request = useView((state) => state.dialog);
  if (request === null) return null;
  // The table of slots pairs every name with a component that takes requests of that name.
  const Shown = dialogs[request.name] as ComponentType<{ request: DialogRequest }> | undefined;
  if (Shown === undefined) return null;
  return <Shown request={request} />;
}
