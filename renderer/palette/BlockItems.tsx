/** The blocks of the palette: a click or Enter asks for a block's options and adds it, a drag does so at a place or on an edge. */
import { forgetOwnBlock } from "../state/own-blocks.ts";
import { toast } from "../state/toasts.ts";
import { openDialog } from "../state/view.ts";
import { matchNamed, type NamedMatch } from "../ui/fuzzy.ts";
import { GroupMark } from "../ui/GroupMark.tsx";
import { MarkedName } from "../ui/Marked.tsx";
import { type TextKey, useText } from "../ui/texts.ts";
import { BLOCK_DRAG_TYPE } from "./block-drag.ts";
import type { PaletteBlock } from "./palette-blocks.ts";

export interface FoundBlock extends NamedMatch {
  readonly block: PaletteBlock;
}

/** All blocks in their order, or those that match, best first. */
export function searchBlocks(blocks: readonly PaletteBlock[], query: string): readonly FoundBlock[] {
  if (query.trim() === "") return blocks.map((block) => ({ block, score: 0, positions: [], alsoPositions: [] }));
  const ranked = blocks.flatMap((block) => {
    const match = matchNamed(query, block.label, block.also);
    return match === null ? [] : [{ block, ...match }];
  });
  return ranked.sort((a, b) => b.score - a.score);
}

/** Asks for the options of a block that is not put at a certain place. */
export function askForBlock(block: PaletteBlock): void {
  openDialog({ name: "block", block: block.key, place: null, edgeId: null });
}

export function BlockItems({ found }: { found: readonly FoundBlock[] }) {
  return (
    <>
      <Section title="blocks.mine" found={found.filter(({ block }) => block.own !== null)} />
      <Section title="palette.blocks" found={found.filter(({ block }) => block.own === null)} />
    </>
  );
}

function Section({ title, found }: { title: TextKey; found: readonly FoundBlock[] }) {
  const t = useText();
  if (found.length === 0) return null;
  return (
    <section aria-label={t(title)}>
      <h2>{t(title)}</h2>
      <ul>
        {found.map(({ block, positions, alsoPositions }) => (
          <li key={block.key} className="palette-entry">
            <button
              type="button"
              className="palette-item"
              draggable
              aria-label={block.label}
              aria-description={t("palette.add_block_help")}
              title={block.summary}
              onDragStart={(event) => {
                event.dataTransfer.setData(BLOCK_DRAG_TYPE, block.key);
                event.dataTransfer.effectAllowed = "copy";
              }}
              onClick={() => askForBlock(block)}
              onKeyDown={(event) => {
                if (event.key !== "Delete" || block.own === null) return;
                event.preventDefault();
                forget(block);
              }}
            >
              <GroupMark group={block.group} icon={block.icon} />
              <MarkedName label={block.label} also={block.also} positions={positions} alsoPositions={alsoPositions} />
            </button>
            {block.own !== null && (
              <button
                type="button"
                className="palette-star"
                tabIndex={-1}
                aria-label={t("blocks.forget", { name: block.label })}
                title={t("blocks.forget", { name: block.label })}
                onClick={() => forget(block)}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function forget({ own, label }: PaletteBlock): void {
  if (own === null) return;
  const bringBack = forgetOwnBlock(own.id);
  toast((t) => t("blocks.forgotten", { name: label }), { label: (t) => t("common.undo"), run: bringBack });
}
