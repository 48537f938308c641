/** The list of layers at the left: grouped, searchable; dragged onto the canvas, or added by double-click, Enter or Space. */
import { type KeyboardEvent, type MouseEvent, useMemo, useState } from "react";
import { LAYER_GROUPS } from "../../core/layers/layer.ts";
import { addLayerBeside } from "../canvas/edits.ts";
import { Divider } from "../shell/Divider.tsx";
import { pressed, useKeyWords } from "../state/keys.ts";
import { toggleFavourite, useShelf } from "../state/layer-shelf.ts";
import { useSession } from "../state/session.ts";
import { Keys } from "../ui/Button.tsx";
import { matchNamed, type NamedMatch } from "../ui/fuzzy.ts";
import { GroupMark } from "../ui/GroupMark.tsx";
import { Icon } from "../ui/Icon.tsx";
import { MarkedName } from "../ui/Marked.tsx";
import { type TextKey, useLanguage, useText } from "../ui/texts.ts";
import { askForBlock, BlockItems, searchBlocks } from "./BlockItems.tsx";
import { LAYER_DRAG_TYPE } from "./layer-drag.ts";
import { usePaletteBlocks } from "./palette-blocks.ts";
import { type PaletteItem, paletteItems } from "./palette-items.ts";
import "./palette.css";
import { typedKey } from "../ui/typed-key.ts";

export function Palette() {
  const t = useText();
  const language = useLanguage();
  const width = useSession((state) => state.panels.palette);
  const [query, setQuery] = useState("");
  const items = useMemo(() => paletteItems(language), [language]);
  const found = useMemo(() => search(items, query), [items, query]);
  const blocks = usePaletteBlocks();
  const foundBlocks = useMemo(() => searchBlocks(blocks, query), [blocks, query]);
  const { favourites, recent } = useShelf();
  const sections = sectionsOf(found, favourites);
  const addFirst = (event: KeyboardEvent): void => {
    const [first] = found;
    if (typedKey(event) === "Escape") setQuery("");
    if (typedKey(event) !== "Enter") return;
    // The same press would go on to the dialog that asks for a block's options, and send it off.
    event.preventDefault();
    if (event.repeat || query.trim() === "") return;
    const [block] = foundBlocks;
    // Of layers and blocks the better match, as the search on the canvas has it.
    if (first !== undefined && (block === undefined || first.score >= block.score)) addLayerBeside(first.item.type);
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
        {query === "" && <Keys act="add" />}
      </div>
      {query.trim() === "" && <Recent items={items} types={recent} />}
      <div className="palette-list">
        {found.length + foundBlocks.length === 0 && <p className="palette-none">{t("palette.none", { text: query })}</p>}
        {query.trim() === "" ? (
          sections.map(({ title, members }) => (
            <section key={title} aria-label={t(title)}>
              <h2>{t(title)}</h2>
              <Items found={members} {...(title === "palette.favourites" ? { among: t(title) } : {})} />
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

/** A row that is always there: a list that grew while layers are added would move them away from under the pointer. */
function Recent({ items, types }: { items: readonly PaletteItem[]; types: readonly string[] }) {
  const t = useText();
  const used = types.flatMap((type) => items.find((item) => item.type === type) ?? []);
  return (
    <section className="palette-recent" aria-label={t("palette.recent")}>
      <h2>{t("palette.recent")}</h2>
      {used.length === 0 && <span className="faint">–</span>}
      {used.map((item) => (
        <button
          key={item.type}
          type="button"
          draggable
          aria-label={t("palette.among", { name: item.label, among: t("palette.recent") })}
          aria-description={t("palette.add_help")}
          title={item.label}
          onDragStart={(event) => {
            event.dataTransfer.setData(LAYER_DRAG_TYPE, item.type);
            event.dataTransfer.effectAllowed = "copy";
          }}
          onDoubleClick={() => addLayerBeside(item.type)}
          onClick={(event) => addWithoutMouse(event, item)}
        >
          <GroupMark group={item.group} icon={item.icon} />
        </button>
      ))}
    </section>
  );
}

/** Enter, Space and a screen reader click without a mouse. One click of a mouse only focuses: two of them add. */
function addWithoutMouse({ detail }: MouseEvent, { type }: PaletteItem): void {
  if (detail === 0) addLayerBeside(type);
}

interface Section {
  readonly title: TextKey;
  readonly members: readonly Found[];
}

/** What a person likes stands above the groups, and stays in its group too. */
function sectionsOf(found: readonly Found[], favourites: readonly string[]): readonly Section[] {
  const named = (types: readonly string[]): Found[] => types.flatMap((type) => found.find(({ item }) => item.type === type) ?? []);
  return [
    { title: "palette.favourites" as const, members: named(favourites) },
    ...LAYER_GROUPS.map((group) => ({
      title: `group.${group}` as TextKey,
      members: found.filter(({ item }) => item.group === group),
    })),
  ].filter(({ members }) => members.length > 0);
}

interface Found extends NamedMatch {
  readonly item: PaletteItem;
}

function search(items: readonly PaletteItem[], query: string): readonly Found[] {
  if (query.trim() === "") return items.map((item) => ({ item, score: 0, positions: [], alsoPositions: [] }));
  const ranked = items.flatMap((item) => {
    const match = matchNamed(query, item.label, item.also);
    return match === null ? [] : [{ item, ...match }];
  });
  return ranked.sort((a, b) => b.score - a.score);
}

/** @param among said with each name where the same layer is in the palette twice */
function Items({ found, among }: { found: readonly Found[]; among?: string }) {
  const t = useText();
  const favourites = useShelf((state) => state.favourites);
  const star = useKeyWords("favourite");
  return (
    <ul>
      {found.map(({ item, positions, alsoPositions }) => (
        <li key={item.type} className="palette-entry">
          <button
            type="button"
            className="palette-item"
            draggable
            aria-label={among === undefined ? item.label : t("palette.among", { name: item.label, among })}
            aria-description={t("palette.add_help")}
            title={item.summary}
            onDragStart={(event) => {
              event.dataTransfer.setData(LAYER_DRAG_TYPE, item.type);
              event.dataTransfer.effectAllowed = "copy";
            }}
            onDoubleClick={() => addLayerBeside(item.type)}
            onClick={(event) => addWithoutMouse(event, item)}
            onKeyDown={(event) => {
              if (pressed(event, ["favourite"]) !== undefined) toggleFavourite(item.type);
            }}
          >
            <GroupMark group={item.group} icon={item.icon} />
            <MarkedName label={item.label} also={item.also} positions={positions} alsoPositions={alsoPositions} />
          </button>
          <button
            type="button"
            className="palette-star"
            tabIndex={-1}
            aria-pressed={favourites.includes(item.type)}
            aria-label={t("palette.favourite", { name: item.label })}
            title={t("palette.favourite_hint", { keys: star })}
            onClick={() => toggleFavourite(item.type)}
          >
            {favourites.includes(item.type) ? "★" : "☆"}
          </button>
        </li>
      ))}
    </ul>
  );
}
