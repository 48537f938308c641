/** The edge between two panels: dragged with the pointer or moved with the arrow keys; a double-click gives the first size back. */
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { PANEL_LIMITS, type PanelSizes, useSession } from "../state/session.ts";

/** Direction in which the panel grows when the pointer goes right or down. */
const GROWS: Readonly<Record<keyof PanelSizes, 1 | -1>> = { palette: 1, inspector: -1, dock: -1, inside: -1, untrained: -1 };
const KEY_STEP = 16;

export function Divider({ panel, label }: { panel: keyof PanelSizes; label: string }) {
  const size = useSession((state) => state.panels[panel]);
  const { setPanel } = useSession.getState();
  const start = useRef<{ at: number; size: number } | null>(null);
  const upright = panel === "palette" || panel === "inspector";
  const at = (event: PointerEvent): number => (upright ? event.clientX : event.clientY);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: at(event), size };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (start.current !== null) setPanel(panel, start.current.size + GROWS[panel] * (at(event) - start.current.at));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const back = upright ? "ArrowLeft" : "ArrowUp";
    const forth = upright ? "ArrowRight" : "ArrowDown";
    if (event.key !== back && event.key !== forth) return;
    event.preventDefault();
    event.stopPropagation();
    setPanel(panel, size + GROWS[panel] * (event.key === forth ? KEY_STEP : -KEY_STEP));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved has no element of its own; hr cannot take the focus
    <div
      role="separator"
      tabIndex={0}
      className={`divider ${upright ? panel : "dock"}`}
      aria-label={label}
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-valuenow={size}
      aria-valuemin={PANEL_LIMITS[panel][0]}
      aria-valuemax={PANEL_LIMITS[panel][1]}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
