/** All keys in one sheet (F1): drawn from what the handlers match, so that it cannot say anything else; each can be bound anew here. */
import { useMemo, useState } from "react";
import { setOverrides, useKeys } from "../state/keys.ts";
import { closeDialog } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { formatKeys } from "../ui/keys.ts";
import { Modal } from "../ui/Modal.tsx";
import { type TextKey, useText } from "../ui/texts.ts";
import { BindingRow, KeyRow } from "./BindingRow.tsx";
import type { Slot } from "./bindings.ts";
import { type Section, type ShortcutName, shortcutNames, shortcuts } from "./shortcuts.ts";

const SECTIONS = ["everywhere", "editing", "canvas"] as const satisfies readonly Section[];

export function ShortcutSheet() {
  const t = useText();
  const { bindings, overrides } = useKeys();
  const [query, setQuery] = useState("");
  const [recorded, setRecorded] = useState<Slot | null>(null);
  const [said, setSaid] = useState("");
  const pointer: readonly { text: TextKey; keys: readonly string[] }[] = [
    { text: "keys.add_here", keys: [t("keys.double_click")] },
    { text: "keys.box_select", keys: [`Shift + ${t("keys.drag")}`] },
    { text: "keys.rewire", keys: [`Alt + ${t("keys.drag")}`] },
    { text: "keys.pan", keys: [`Space + ${t("keys.drag")}`, `${t("keys.middle_button")} + ${t("keys.drag")}`] },
    { text: "keys.zoom_wheel", keys: [t("keys.wheel")] },
    { text: "keys.nudge", keys: ["↑ ↓ ← →"] },
  ];
  const found = useMemo(() => {
    const wanted = query.trim().toLowerCase();
    const has = (name: ShortcutName): boolean =>
      [t(shortcuts[name].text), ...bindings[name].map((keys) => formatKeys(keys))].some((words) => words.toLowerCase().includes(wanted));
    return shortcutNames.filter((name) => wanted === "" || has(name));
  }, [query, bindings, t]);
  const changed = Object.keys(overrides) as readonly ShortcutName[];
  const resetAll = (): void => {
    setOverrides({});
    setRecorded(null);
    setSaid(t("keys.was_reset", { acts: changed.map((name) => t(shortcuts[name].text)).join(", ") }));
  };
  return (
    <Modal
      title={t("keys.title")}
      onClose={closeDialog}
      wide
      footer={
        <>
          <Button disabled={changed.length === 0} onClick={resetAll}>
            {t("keys.reset_all")}
          </Button>
          <Button look="primary" onClick={closeDialog}>
            {t("common.close")}
          </Button>
        </>
      }
    >
      <div className="key-head">
        <p className="inspector-summary">{t("keys.how")}</p>
        <input
          className="input"
          type="search"
          aria-label={t("keys.search")}
          placeholder={t("keys.search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <p role="status" className={said === "" ? "visually-hidden" : "key-said"}>
        {said}
      </p>
      {found.length === 0 && <p className="palette-none">{t("keys.none_found", { text: query })}</p>}
      <div className="key-sheet">
        {SECTIONS.map((section) => {
          const names = found.filter((name) => shortcuts[name].section === section);
          if (names.length === 0) return null;
          return (
            <section key={section} aria-label={t(`keys.${section}`)}>
              <h3>{t(`keys.${section}`)}</h3>
              {names.map((name) => (
                <BindingRow
                  key={name}
                  act={name}
                  recorded={recorded?.act === name ? recorded.slot : null}
                  onRecord={(slot) => setRecorded(slot === null ? null : { act: name, slot })}
                  onSay={setSaid}
                />
              ))}
            </section>
          );
        })}
        {query.trim() === "" && (
          <section aria-label={t("keys.pointer")}>
            <h3>{t("keys.pointer")}</h3>
            {pointer.map((row) => (
              <KeyRow key={row.text} what={t(row.text)} keys={row.keys} />
            ))}
          </section>
        )}
      </div>
    </Modal>
  );
}
