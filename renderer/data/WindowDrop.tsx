/** Files dropped anywhere in the window: data are imported, a design or a model is opened. Not while a dialog is open. */
import { useEffect, useState } from "react";
import { useView } from "../state/view.ts";
import { Icon } from "../ui/Icon.tsx";
import { useText } from "../ui/texts.ts";
import { takeDropped } from "./take-files.ts";
import "./window-drop.css";

function carriesFile(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") === true;
}
function dialogIsOpen(): boolean {
  return useView.getState().dialog !== null || document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}

export function WindowDrop() {
  const t = useText();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onDragOver = (event: DragEvent): void => {
      if (!carriesFile(event) || event.defaultPrevented) return;
      // Also where it is not taken: the browser would open the file in place of the app.
      event.preventDefault();
      const taken = !dialogIsOpen();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = taken ? "copy" : "none";
      setOver(taken);
    };
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!carriesFile(event) || event.defaultPrevented) return;
      event.preventDefault();
      if (event.dataTransfer === null || dialogIsOpen()) return;
      const items = [...event.dataTransfer.items].filter(({ kind }) => kind === "file");
      takeDropped(
        [...event.dataTransfer.files],
        items.map((item) => item.webkitGetAsEntry()),
      );
    };
    // While something is dragged no pointer moves: a drag that was given up without a word is over then.
    const onPointerMove = (): void => setOver(false);
    window.addEventListener("pointermove", onPointerMove);
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("pointermove", onPointerMove);
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className="window-drop" aria-hidden="true">
      <div>
        <Icon name="data" size={28} />
        <b>{t("data.drop_now")}</b>
        <span className="muted">{t("data.drop_kinds")}</span>
      </div>
    </div>
  );
}
