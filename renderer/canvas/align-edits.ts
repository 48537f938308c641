/** Lining up and spreading the chosen layers, and whether things snap to the dots. */
import type { ActLabel } from "../../core/graph/act-label.ts";
import { ALIGNMENTS, type Alignment, aligned, type Direction, distributed } from "../../core/graph/alignment.ts";
import { type DrawnBox, placesOfLayers } from "../../core/graph/drawn-boxes.ts";
import type { ShortcutName } from "../shell/shortcuts.ts";
import { endMerge, useDocument } from "../state/document.ts";
import { useSession } from "../state/session.ts";
import { toast } from "../state/toasts.ts";
import { actWords } from "../ui/act-words.ts";
import type { MenuEntry } from "../ui/Menu.tsx";
import type { TextKey } from "../ui/texts.ts";
import { design } from "./annotation-choice.ts";
import { attempt } from "./edits.ts";
import { chosenBoxes } from "./group-boxes.ts";

/** What is chosen, as it is drawn: a collapsed group is one, and its layers keep their places to one another. */
const boxesNow = (): readonly DrawnBox[] => chosenBoxes(design(), useDocument.getState().selection);

function put(boxes: readonly DrawnBox[], to: ReturnType<typeof aligned>, label: ActLabel): void {
  if (Object.keys(to).length === 0) return;
  endMerge();
  attempt(() => ({ type: "move", positions: placesOfLayers(design(), boxes, to) }), label);
}

/** The chosen boxes on one line: two at least. */
export function align(to: Alignment): void {
  const boxes = boxesNow();
  if (boxes.length > 1) put(boxes, aligned(boxes, to), actWords(`keys.align_${to}`));
}

/** Equal gaps between the chosen boxes: three at least. */
export function distribute(direction: Direction): void {
  const boxes = boxesNow();
  if (boxes.length > 2) put(boxes, distributed(boxes, direction), actWords(`keys.distribute_${direction}`));
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
export function alignEntries(t: (key: TextKey) => string): readonly MenuEntry[] {
  const count = boxesNow().length;
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
