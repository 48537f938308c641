/** Blocks as palette, search and dialog use them: those that come with the app, and those that the person made. */
import { useMemo } from "react";
import type { BlockDefinition } from "../../core/blocks/block.ts";
import { type BlockPlace, drawBlock, type InsertedBlock, insertBlock, insertPiece } from "../../core/blocks/insert.ts";
import { drawOwnBlock, type OwnBlock, ownSchema, ownWords } from "../../core/blocks/own-block.ts";
import { blocks } from "../../core/blocks/registry.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import type { NewId } from "../../core/graph/naming.ts";
import type { Language, LayerGroup } from "../../core/layers/layer.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import type { AnyConfig, Schema } from "../../core/schema/fields.ts";
import { ownBlockTexts } from "../../resources/translations/app/own-blocks.ts";
import { ownBlockKey, useOwnBlocks } from "../state/own-blocks.ts";
import { useLanguage } from "../ui/texts.ts";

export interface PaletteBlock {
  readonly key: string;
  readonly label: string;
  readonly summary: string;
  /** Also searched. */
  readonly also: string;
  readonly group: LayerGroup;
  readonly icon: string;
  /** Made by the person, who can forget it. */
  readonly own: OwnBlock | null;
  readonly schema: Schema;
  readonly words: Readonly<Record<string, { readonly label: string; readonly help: string }>>;
  /** The option that must equal the last axis of what comes in. */
  readonly widthField: string | null;
  /** @throws AppError config.* when an option is out of its range */
  readonly draw: (options: AnyConfig) => { readonly nodes: readonly NodeDocument[]; readonly entryCount: number };
  /** @throws AppError config.*, design.unknown_edge */
  readonly insert: (design: DesignDocument, options: AnyConfig, place: Omit<BlockPlace, "language">, newId: NewId) => InsertedBlock;
}

function builtIn(block: BlockDefinition, language: Language): PaletteBlock {
  const { label, summary, fields } = block.texts[language];
  return {
    key: block.name,
    label,
    summary,
    also: `${block.name} ${block.texts[language === "en" ? "zh" : "en"].label}`,
    group: block.group,
    icon: block.icon,
    own: null,
    schema: block.schema,
    words: fields,
    widthField: block.widthField,
    draw: (options) => {
      const { nodes, entries } = drawBlock(block, options, language);
      return { nodes, entryCount: entries.length };
    },
    insert: (design, options, place, newId) => insertBlock(design, block, options, { ...place, language }, newId),
  };
}

function ownBlock(block: OwnBlock, language: Language): PaletteBlock {
  const [first] = block.nodes;
  const at = language === "en" ? 0 : 1;
  const [label, help] = [ownBlockTexts["blocks.repeat"][at], ownBlockTexts["blocks.repeat_help"][at]];
  return {
    key: ownBlockKey(block.id),
    label: block.name,
    summary: block.nodes.map(({ name }) => name).join(", "),
    also: block.nodes.map(({ type }) => type).join(" "),
    group: (first === undefined ? undefined : layerDefinition(first.type)?.group) ?? "core",
    icon: block.name.slice(0, 1).toUpperCase(),
    own: block,
    schema: ownSchema(block, layerDefinition),
    words: ownWords(block, language, layerDefinition, { label, help }),
    widthField: null,
    draw: (options) => {
      const { nodes, entries } = drawOwnBlock(block, options, layerDefinition);
      return { nodes, entryCount: entries.length };
    },
    insert: (design, options, place, newId) => insertPiece(design, drawOwnBlock(block, options, layerDefinition), place, newId),
  };
}

/** The person's own first, then those of the app. */
export function usePaletteBlocks(): readonly PaletteBlock[] {
  const language = useLanguage();
  const own = useOwnBlocks((state) => state.blocks);
  return useMemo(
    () => [...own.map((block) => ownBlock(block, language)), ...blocks.map((block) => builtIn(block, language))],
    [own, language],
  );
}
