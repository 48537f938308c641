/** All keys in one sheet (F1): drawn from the table that the handlers match, so that it cannot say anything else. */
import { closeDialog } from "../state/view.ts";
import { formatKeys } from "../ui/keys.ts";
import { Modal } from "../ui/Modal.tsx";
import { type TextKey, useText } from "../ui/texts.ts";
import { type Section, shortcuts } from "./shortcuts.ts";

const SECTIONS = ["everywhere", "editing", "canvas"] as const satisfies readonly Section[];

export function ShortcutSheet() {
  const t = useText();
  const pointer: readonly { text: TextKey; keys: readonly string[] }[] = [
    { text: "keys.add_here", keys: [t("keys.double_click")] },
    { text: "keys.box_select", keys: [`Shift + ${t("keys.drag")}`] },
    { text: "keys.pan", keys: [`Space + ${t("keys.drag")}`, `${t("keys.middle_button")} + ${t("keys.drag")}`] },
    { text: "keys.zoom_wheel", keys: [t("keys.wheel")] },
    { text: "keys.nudge", keys: ["↑ ↓ ← →"] },
  ];
  return (
    <Modal title={t("keys.title")} onClose={closeDialog} wide>
      <div className="key-sheet">
        {SECTIONS.map((section) => (
          <section key={section}>
            <h3>{t(`keys.${section}`)}</h3>
            {Object.values(shortcuts)
              .filter((shortcut) => shortcut.section === section)
              .map((shortcut) => (
                <KeyRow key={shortcut.text} what={t(shortcut.text)} keys={shortcut.keys.map((keys) => formatKeys(keys))} />
              ))}
          </section>
        ))}
        <section>
          <h3>{t("keys.pointer")}</h3>
          {pointer.map((row) => (
            <KeyRow key={row.text} what={t(row.text)} keys={row.keys} />
          ))}
        </section>
      </div>
    </Modal>
  );
}

function KeyRow({ what, keys }: { what: string; keys: readonly string[] }) {
  return (
    <div className="key-row">
      <span>{what}</span>
      <span className="key-row-keys">
        {keys.map((each) => (
          <kbd key={each} className="kbd">
            {each}
          </kbd>
        ))}
      </span>
    </div>
  );
}
