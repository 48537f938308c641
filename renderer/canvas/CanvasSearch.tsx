/** The searches that float over the canvas (add, find, connect), and the words at the pointer when a connection is refused. */
import { useEffect, useMemo } from "react";
import { createNode } from "../../core/graph/create.ts";
import { fittingPort, type LooseEnd } from "../../core/graph/fitting.ts";
import { type PaletteBlock, usePaletteBlocks } from "../palette/palette-blocks.ts";
import { paletteItems } from "../palette/palette-items.ts";
import { useDocument } from "../state/document.ts";
import { openDialog } from "../state/view.ts";
import { errorText } from "../ui/error-text.ts";
import { GroupMark } from "../ui/GroupMark.tsx";
import { Icon } from "../ui/Icon.tsx";
import { type PickItem, PickList } from "../ui/PickList.tsx";
import { type TextKey, type Translate, useLanguage, useText } from "../ui/texts.ts";
import { blockFitsAt } from "./block-edits.ts";
import { closeSearch, type Search, useCanvas } from "./canvas-state.ts";
import { addLayer, newId } from "./edits.ts";
import { FindSearch } from "./FindSearch.tsx";
import { DisconnectSearch, PortSearch, SourceSearch } from "./LinkSearch.tsx";
import { targetItems } from "./link-items.ts";
import { useNodeItems } from "./node-items.tsx";
import { tryToConnect } from "./use-flow-changes.ts";

export function CanvasSearch() {
  const search = useCanvas((state) => state.search);
  if (search === null) return null;
  if (search.kind === "add") return <AddSearch search={search} />;
  if (search.kind === "find") return <FindSearch search={search} />;
  if (search.kind === "connect") return <ConnectSearch search={search} />;
  if (search.kind === "port") return <PortSearch search={search} />;
  return search.kind === "source" ? <SourceSearch search={search} /> : <DisconnectSearch search={search} />;
}

function AddSearch({ search }: { search: Extract<Search, { kind: "add" }> }) {
  const t = useText();
  const language = useLanguage();
  const blocks = usePaletteBlocks();
  const items = useMemo(() => {
    const layers = paletteItems(language)
      .filter((item) => search.from === null || fits(item.type, search.from))
      .map(
        (item): PickItem => ({
          key: item.type,
          label: item.label,
          also: item.also,
          note: t(`group.${item.group}` as TextKey),
          mark: <GroupMark group={item.group} icon={item.icon} />,
        }),
      );
    const { from } = search;
    return [...layers, ...blockItems(from === null ? blocks : blocks.filter((block) => blockFitsAt(block, from)), t)];
  }, [language, search, blocks, t]);
  return (
    <PickList
      title={t("canvas.add_title")}
      placeholder={t("palette.search")}
      items={items}
      at={search.at}
      none={(text) => t("palette.none", { text })}
      onPick={(key) => {
        if (key.startsWith(BLOCK_KEY))
          openDialog({
            name: "block",
            block: key.slice(BLOCK_KEY.length),
            place: search.place,
            edgeId: search.edgeId ?? null,
            ...(search.from === null ? {} : { from: search.from }),
          });
        else addLayer(key, search.place, { from: search.from, edgeId: search.edgeId ?? null, beside: search.edgeId == null });
      }}
      onClose={closeSearch}
    />
  );
}

/** Whether a new layer of the type, with its usual options, can be joined to the end of the connection. */
function fits(type: string, end: LooseEnd): boolean {
  const { design, propagation } = useDocument.getState();
  if (design === null || propagation === null) return false;
  return fittingPort(design, propagation, createNode(type, { x: 0, y: 0 }, design, newId), end) !== null;
}

/** No type of a layer begins so. */
const BLOCK_KEY = "block:";

function blockItems(blocks: readonly PaletteBlock[], t: Translate): readonly PickItem[] {
  return blocks.map((block) => ({
    key: `${BLOCK_KEY}${block.key}`,
    label: block.label,
    also: block.also,
    note: t(block.own === null ? "palette.blocks" : "blocks.mine"),
    mark: <GroupMark group={block.group} icon={block.icon} />,
  }));
}

/** Every layer that has an input; those that cannot take the output are shown with the reason. */
function ConnectSearch({ search }: { search: Extract<Search, { kind: "connect" }> }) {
  const t = useText();
  const language = useLanguage();
  const design = useDocument((state) => state.design);
  const propagation = useDocument((state) => state.propagation);
  const all = useNodeItems();
  const { from } = search;
  const items = useMemo(() => {
    if (design === null || propagation === null) return [];
    return targetItems({ design, propagation, items: all, language }, from);
  }, [all, design, propagation, from, language]);
  const name = design?.graph.nodes.find((node) => node.id === from.node)?.name ?? "";
  return (
    <PickList
      title={t("canvas.connect_title", { name })}
      placeholder={t("canvas.find_placeholder")}
      items={items}
      at={search.at}
      none={() => t("canvas.connect_none")}
      onPick={(key) => {
        const item = items.find((one) => one.key === key);
        if (item !== undefined) tryToConnect(item.from, item.to, search.at);
      }}
      onClose={closeSearch}
    />
  );
}

const REFUSAL_SHOWN_MS = 9000;

/** Why a connection was refused, where the pointer let it go. */
export function Refusal() {
  const language = useLanguage();
  const refusal = useCanvas((state) => state.refusal);
  useEffect(() => {
    if (refusal === null) return;
    const close = (): void => useCanvas.setState({ refusal: null });
    const timer = setTimeout(close, REFUSAL_SHOWN_MS);
    window.addEventListener("pointerdown", close, true);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pointerdown", close, true);
    };
  }, [refusal]);
  if (refusal === null) return null;
  const left = Math.max(8, Math.min(refusal.at.x + 12, window.innerWidth - 308));
  const top = Math.max(8, Math.min(refusal.at.y + 12, window.innerHeight - 130));
  return (
    <div className="refusal" role="alert" style={{ left, top }}>
      <Icon name="error" size={14} />
      <span>{errorText(refusal.error, language)}</span>
    </div>
  );
}
