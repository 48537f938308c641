/** The designer: palette, canvas (or the list in its place), inspector and the dock below. */
import { Inspector } from "../inspector/Inspector.tsx";
import { ListView } from "../list-view/ListView.tsx";
import { Palette } from "../palette/Palette.tsx";
import { Dock } from "../shell/Dock.tsx";
import { useDockPanel } from "../shell/dock-tabs.tsx";
import { useSession } from "../state/session.ts";
import { useText } from "../ui/texts.ts";
import { Canvas } from "./Canvas.tsx";

export function Designer() {
  const panel = useDockPanel();
  const dock = useSession((state) => (state.dockOpen && panel !== null ? state.panels[panel] : null));
  const t = useText();
  const list = useSession((state) => state.listView);
  return (
    <main
      className="designer"
      aria-label={t("shell.designer")}
      style={{ gridTemplateRows: `minmax(0, 1fr) ${dock === null ? "auto" : `min(${dock}px, 55%)`}` }}
    >
      <Palette />
      {list ? <ListView /> : <Canvas />}
      <Inspector />
      <Dock />
    </main>
  );
}
