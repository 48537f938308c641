/** Weights that several layers use: shared and parted by menu, key and inspector. */
import type { NodeDocument } from "../../core/graph/document.ts";
import { isSharing, shareCommand, unshareCommand } from "../../core/graph/sharing.ts";
import { selectedNodes } from "../state/document.ts";
import { design } from "./annotation-choice.ts";
import { actOn, attempt } from "./edits.ts";

/** The chosen layers share weights; those that do get weights of their own. */
export function toggleShared(chosen: readonly NodeDocument[] = selectedNodes()): void {
  const ids = chosen.map(({ id }) => id);
  if (ids.length === 0) return;
  if (isSharing(design(), ids)) attempt(() => unshareCommand(design(), ids), actOn("act.unshare", chosen));
  else attempt(() => shareCommand(design(), ids), actOn("act.share", chosen));
}
