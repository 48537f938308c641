/** The designer: palette, canvas, inspector and the dock below. */
import { Inspector } from "../inspector/Inspector.tsx";
import { Palette } from "../palette/Palette.tsx";
import { Dock } from "../shell/Dock.tsx";
import { dockTabs } from "../shell/dock-tabs.tsx";
import { useSession } from "../state/session.ts";
import { Canvas } from "./Canvas.tsx";

export function Designer() {
  const dock = useSession((state) => (state.dockOpen && dockTabs.length > 0 ? state.panels.dock : null));
  return (
    <main className="designer" style={{ gridTemplateRows: `minmax(0, 1fr) ${dock === null ? "auto" : `min(${dock}px, 55%)`}` }}>
      <Palette />
      <Canvas />
      <Inspector />
      <Dock />
    </main>
  );
}
