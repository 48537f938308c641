/** Weights that several layers use: shared and parted by menu, key and inspector. */
import type { NodeDocument } from "../../core/graph/document.ts";
import { isSharing, shareCommand, unshareCommand } from "../../core/graph/sharing.ts";
import { selectedNodes } from "../state/document.ts";
import { actWords } from "../ui/act-words.ts";
import { design } from "./annotation-choice.ts";
import { attempt } from "./edits.ts";

/** The chosen layers share weights; those that do get weights of their own. */
export function toggleShared(chosen: readonly NodeDocument[] = selectedNodes()): void {
  const ids = chosen.map(({ id }) => id);
  if (ids.length === 0) return;
  const name = chosen.map((node) => node.name).join(", ");
  if (isSharing(design(), ids)) attempt(() => unshareCommand(design(), ids), actWords("act.unshare", { name }));
  else attempt(() => shareCommand(design(), ids), actWords("act.share", { name }));
}
