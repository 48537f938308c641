/** Blocks that a person made: kept across projects and starts, in the order in which they were made. */
import { create } from "zustand";
import { type OwnBlock, readOwnBlocks } from "../../core/blocks/own-block.ts";
import { remember } from "./session.ts";
import { toast } from "./toasts.ts";
import { closeDialog, useView } from "./view.ts";

interface OwnBlocks {
  readonly blocks: readonly OwnBlock[];
}

/** What palette and dialogs call it. */
export const ownBlockKey = (id: string): string => `own:${id}`;

export const useOwnBlocks = create<OwnBlocks>()(() => ({ blocks: [] }));

function keep(blocks: readonly OwnBlock[]): void {
  useOwnBlocks.setState({ blocks });
  remember("own_blocks", blocks);
}

/** Adds a block; one with the same id is replaced. */
export function keepOwnBlock(block: OwnBlock): void {
  const { blocks } = useOwnBlocks.getState();
  const known = blocks.some(({ id }) => id === block.id);
  keep(known ? blocks.map((one) => (one.id === block.id ? block : one)) : [...blocks, block]);
}

/** @returns what brings it back, where it stood */
export function forgetOwnBlock(id: string): () => void {
  const before = useOwnBlocks.getState().blocks;
  const index = before.findIndex((one) => one.id === id);
  const block = before[index];
  keep(before.filter((one) => one.id !== id));
  return () => {
    const { blocks } = useOwnBlocks.getState();
    if (block !== undefined && !blocks.some((one) => one.id === id)) keep([...blocks.slice(0, index), block, ...blocks.slice(index)]);
  };
}

/** Takes over what was kept; called with all settings. A dialog of a block that another window forgot has nothing to ask any more. */
export function readOwnBlocksOf({ own_blocks: saved }: Readonly<Record<string, unknown>>): void {
  const before = useOwnBlocks.getState().blocks;
  const blocks = readOwnBlocks(saved);
  useOwnBlocks.setState({ blocks });
  const { dialog } = useView.getState();
  if (dialog?.name !== "block") return;
  const gone = before.find(({ id }) => dialog.block === ownBlockKey(id) && !blocks.some((one) => one.id === id));
  if (gone === undefined) return;
  closeDialog();
  toast((t) => t("blocks.forgotten", { name: gone.name }));
}
