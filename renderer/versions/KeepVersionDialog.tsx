/** Gives the state that is on the canvas a name, under which it stays for good. */
import { useState } from "react";
import { report, toast } from "../state/toasts.ts";
import { closeDialog } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { Modal } from "../ui/Modal.tsx";
import { useText } from "../ui/texts.ts";
import { keepVersion } from "./use-versions.ts";
import "./versions.css";

export function KeepVersionDialog() {
  const t = useText();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const keep = (): void => {
    const given = name.trim();
    if (given === "" || busy) return;
    setBusy(true);
    keepVersion(given)
      .then((kept) => {
        // Another window saved in between: what is to become of both is asked first.
        if (!kept) {
          setBusy(false);
          return;
        }
        closeDialog();
        toast((t) => t("versions.kept", { name: given }));
      })
      .catch((thrown: unknown) => {
        setBusy(false);
        report(thrown);
      });
  };
  return (
    <Modal
      title={t("versions.keep_title")}
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>{t("common.cancel")}</Button>
          <Button look="primary" disabled={name.trim() === "" || busy} onClick={keep}>
            {t("versions.keep")}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <label className="keep-version">
          {t("versions.name")}
          <input
            className="input"
            maxLength={200}
            value={name}
            placeholder={t("versions.name_placeholder")}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <p className="muted">{t("versions.keep_help")}</p>
      </form>
    </Modal>
  );
}
