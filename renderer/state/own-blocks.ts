/** Blocks that a person made: kept across projects and starts, in the order in which they were made. */
import { create } from "zustand";
import { type OwnBlock, readOwnBlocks } from "../../core/blocks/own-block.ts";
import { remember } from "./session.ts";

interface OwnBlocks {
  readonly blocks: readonly OwnBlock[];
}

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

/** Takes over what was kept; called with all settings. */
export function readOwnBlocksOf({ own_blocks: saved }: Readonly<Record<string, unknown>>): void {
  useOwnBlocks.setState({ blocks: readOwnBlocks(saved) });
}
