/** The list of layers at the left: grouped, searchable; dragged onto the canvas, or added by double-click or Enter. */
import { type KeyboardEvent, useMemo, useState } from "react";
import { LAYER_GROUPS } from "../../core/layers/layer.ts";
import { addLayerBeside } from "../canvas/edits.ts";
import { Divider } from "../shell/Divider.tsx";
import { useSession } from "../state/session.ts";
import { Keys } from "../ui/Button.tsx";
import { fuzzyMatch } from "../ui/fuzzy.ts";
import { GroupMark } from "../ui/GroupMark.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Marked } from "../ui/Marked.tsx";
import { type TextKey, useLanguage, useText } from "../ui/texts.ts";
import { askForBlock, BlockItems, searchBlocks } from "./BlockItems.tsx";
import { LAYER_DRAG_TYPE } from "./layer-drag.ts";
import { type PaletteItem, paletteItems } from "./palette-items.ts";
import "./palette.css";

export function Palette() {
  const t = useText();
  const language = useLanguage();
  const width = useSession((state) => state.panels.palette);
  const [query, setQuery] = useState("");
  const items = useMemo(() => paletteItems(language), [language]);
  const found = useMemo(() => search(items, query), [items, query]);
  const foundBlocks = useMemo(() => searchBlocks(query, language), [query, language]);
  const addFirst = (event: KeyboardEvent): void => {
    const [first] = found;
    if (event.key === "Escape") setQuery("");
    if (event.key !== "Enter") return;
    const [block] = foundBlocks;
    if (first !== undefined) addLayerBeside(first.item.type);
    else if (block !== undefined) askForBlock(block.block);
  };
  return (
    <aside className="side palette" aria-label={t("palette.title")} style={{ width }}>
      <div className="palette-search">
        <Icon name="search" size={14} />
        <input
          className="input"
          type="search"
          aria-label={t("palette.search")}
          placeholder={t("palette.search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={addFirst}
        />
        {query === "" && <Keys keys="Mod+K" />}
      </div>
      <div className="palette-list">
        {found.length + foundBlocks.length === 0 && <p className="palette-none">{t("palette.none", { text: query })}</p>}
        {query.trim() === "" ? (
          LAYER_GROUPS.map((group) => ({ group, members: found.filter(({ item }) => item.group === group) }))
            .filter(({ members }) => members.length > 0)
            .map(({ group, members }) => (
              <section key={group} aria-label={t(`group.${group}` as TextKey)}>
                <h2>{t(`group.${group}` as TextKey)}</h2>
                <Items found={members} />
              </section>
            ))
        ) : (
          <Items found={found} />
        )}
        <BlockItems found={foundBlocks} />
      </div>
      <Divider panel="palette" label={t("shell.resize_palette")} />
    </aside>
  );
}

interface Found {
  readonly item: PaletteItem;
  readonly positions: readonly number[];
}

function search(items: readonly PaletteItem[], query: string): readonly Found[] {
  if (query.trim() === "") return items.map((item) => ({ item, positions: [] }));
  const ranked = items.flatMap((item) => {
    const label = fuzzyMatch(query, item.label);
    const also = fuzzyMatch(query, item.also);
    if (label === null && also === null) return [];
    return [{ item, positions: label?.positions ?? [], score: Math.max(label?.score ?? -1e9, (also?.score ?? -1e9) - 1) }];
  });
  return ranked.sort((a, b) => b.score - a.score);
}

function Items({ found }: { found: readonly Found[] }) {
  const t = useText();
  return (
    <ul>
      {found.map(({ item, positions }) => (
        <li key={item.type}>
          <button
            type="button"
            className="palette-item"
            draggable
            aria-label={item.label}
            aria-description={t("palette.add_help")}
            title={item.summary}
            onDragStart={(event) => {
              event.dataTransfer.setData(LAYER_DRAG_TYPE, item.type);
              event.dataTransfer.effectAllowed = "copy";
            }}
            onDoubleClick={() => addLayerBeside(item.type)}
            onKeyDown={(event) => {
              if (event.key === "Enter") addLayerBeside(item.type);
            }}
          >
            <GroupMark group={item.group} icon={item.icon} />
            <span className="clip">
              <Marked text={item.label} positions={positions} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
