/** Lining up and spreading the chosen layers, and snapping while they are dragged. */
import type { ActLabel } from "../../core/graph/act-label.ts";
import { ALIGNMENTS, type Alignment, aligned, type Box, type Direction, distributed } from "../../core/graph/alignment.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import type { ShortcutName } from "../shell/shortcuts.ts";
import { endMerge, selectedNodes } from "../state/document.ts";
import { useSession } from "../state/session.ts";
import { toast } from "../state/toasts.ts";
import { actWords } from "../ui/act-words.ts";
import type { MenuEntry } from "../ui/Menu.tsx";
import type { TextKey } from "../ui/texts.ts";
import { currentFlow } from "./canvas-state.ts";
import { attempt } from "./edits.ts";

function chosenBoxes(): readonly Box[] {
  const flow = currentFlow();
  return selectedNodes().map(({ id, position }) => {
    const measured = flow?.getNode(id)?.measured;
    return { id, ...position, width: measured?.width ?? NODE_WIDTH, height: measured?.height ?? NODE_HEIGHT };
  });
}

function put(positions: Readonly<Record<string, { x: number; y: number }>>, label: ActLabel): void {
  if (Object.keys(positions).length === 0) return;
  endMerge();
  attempt(() => ({ type: "move", positions }), label);
}

/** The chosen layers on one line: two at least. */
export function align(to: Alignment): void {
  const boxes = chosenBoxes();
  if (boxes.length > 1) put(aligned(boxes, to), actWords(`keys.align_${to}`));
}

/** Equal gaps between the chosen layers: three at least. */
export function distribute(direction: Direction): void {
  const boxes = chosenBoxes();
  if (boxes.length > 2) put(distributed(boxes, direction), actWords(`keys.distribute_${direction}`));
}

export function toggleSnap(): void {
  const { snap, setSnap } = useSession.getState();
  setSnap(!snap);
  toast((t) => t(snap ? "canvas.snap_off" : "canvas.snap_on"));
}

const DIRECTIONS: readonly Direction[] = ["across", "down"];

/** Acts by the names of their keys. */
export const alignActs = {
  alignLeft: () => align("left"),
  alignCentre: () => align("centre"),
  alignRight: () => align("right"),
  alignTop: () => align("top"),
  alignMiddle: () => align("middle"),
  alignBottom: () => align("bottom"),
  distributeAcross: () => distribute("across"),
  distributeDown: () => distribute("down"),
  snap: toggleSnap,
} as const satisfies Partial<Record<ShortcutName, () => void>>;

/** For the menu at the pointer; nothing while there is nothing to line up. */
export function alignEntries(t: (key: TextKey) => string, count: number): readonly MenuEntry[] {
  if (count < 2) return [];
  const entry = (name: string, disabled = false): MenuEntry => {
    const act = name.replace(/_(\w)/, (_, letter: string) => letter.toUpperCase()) as keyof typeof alignActs;
    return { label: t(`keys.${name}` as TextKey), act, disabled, onSelect: alignActs[act] };
  };
  return [
    "line",
    ...ALIGNMENTS.map((to) => entry(`align_${to}`)),
    ...DIRECTIONS.map((direction) => entry(`distribute_${direction}`, count < 3)),
  ];
}
