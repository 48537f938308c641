/** The panel below the canvas: tabs of charts and comparison, from shell/dock-tabs.tsx. It can be hidden and made higher. */
import { EvaluationButton } from "../runs/EvaluationButton.tsx";
import { useSession } from "../state/session.ts";
import { showDockTab, useView } from "../state/view.ts";
import { IconButton } from "../ui/Button.tsx";
import { TabRow } from "../ui/TabRow.tsx";
import { useText } from "../ui/texts.ts";
import { Divider } from "./Divider.tsx";
import { dockTabOf, dockTabs, useDockPanel } from "./dock-tabs.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import "./dock.css";

export function Dock() {
  const t = useText();
  const open = useSession((state) => state.dockOpen);
  const wanted = useView((state) => state.dockTab);
  const panel = useDockPanel();
  const { setDockOpen } = useSession.getState();
  const shown = dockTabOf(wanted);
  if (shown === undefined || panel === null) return null;
  const tabs = dockTabs.map((tab) => ({
    key: tab.key,
    label: t(tab.title),
    content: () =>
      open && (
        <ErrorBoundary>
          <tab.component />
        </ErrorBoundary>
      ),
  }));
  return (
    <section className={open ? "dock" : "dock closed"} aria-label={t("shell.dock")}>
      {open && <Divider panel={panel} label={t("shell.resize_dock")} />}
      <TabRow
        name={t("shell.dock")}
        tabs={tabs}
        value={shown.key}
        onChange={(key) => {
          showDockTab(key);
          setDockOpen(true);
        }}
        extra={
          <>
            <EvaluationButton />
            <IconButton
              small
              icon={open ? "chevronDown" : "chevronRight"}
              label={open ? t("shell.dock_hide") : t("shell.dock_show")}
              onClick={() => setDockOpen(!open)}
            />
          </>
        }
      />
    </section>
  );
}
