/** The blocks of the palette: a click or Enter asks for a block's options and adds it, a drag does so at a place or on an edge. */
import type { BlockDefinition } from "../../core/blocks/block.ts";
import { blocks } from "../../core/blocks/registry.ts";
import { openDialog } from "../state/view.ts";
import { fuzzyMatch } from "../ui/fuzzy.ts";
import { GroupMark } from "../ui/GroupMark.tsx";
import { Marked } from "../ui/Marked.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { BLOCK_DRAG_TYPE } from "./block-drag.ts";

export interface FoundBlock {
  readonly block: BlockDefinition;
  readonly positions: readonly number[];
}

/** All blocks in their order, or those that match, best first. */
export function searchBlocks(query: string, language: "en" | "zh"): readonly FoundBlock[] {
  if (query.trim() === "") return blocks.map((block) => ({ block, positions: [] }));
  const other = language === "en" ? "zh" : "en";
  const ranked = blocks.flatMap((block) => {
    const label = fuzzyMatch(query, block.texts[language].label);
    const also = fuzzyMatch(query, `${block.name} ${block.texts[other].label}`);
    if (label === null && also === null) return [];
    return [{ block, positions: label?.positions ?? [], score: Math.max(label?.score ?? -1e9, (also?.score ?? -1e9) - 1) }];
  });
  return ranked.sort((a, b) => b.score - a.score);
}

/** Asks for the options of a block that is not put at a certain place. */
export function askForBlock(block: BlockDefinition): void {
  openDialog({ name: "block", block: block.name, place: null, edgeId: null });
}

export function BlockItems({ found }: { found: readonly FoundBlock[] }) {
  const t = useText();
  const language = useLanguage();
  if (found.length === 0) return null;
  return (
    <section aria-label={t("palette.blocks")}>
      <h2>{t("palette.blocks")}</h2>
      <ul>
        {found.map(({ block, positions }) => {
          const { label, summary } = block.texts[language];
          return (
            <li key={block.name}>
              <button
                type="button"
                className="palette-item"
                draggable
                aria-label={label}
                aria-description={t("palette.add_block_help")}
                title={summary}
                onDragStart={(event) => {
                  event.dataTransfer.setData(BLOCK_DRAG_TYPE, block.name);
                  event.dataTransfer.effectAllowed = "copy";
                }}
                onClick={() => askForBlock(block)}
              >
                <GroupMark group={block.group} icon={block.icon} />
                <span className="clip">
                  <Marked text={label} positions={positions} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
