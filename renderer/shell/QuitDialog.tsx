/** Asked before quitting while a run is training. */
import { closeDialog } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { Modal } from "../ui/Modal.tsx";
import { useText } from "../ui/texts.ts";
import { quitNow } from "./acts.ts";

export function QuitDialog() {
  const t = useText();
  return (
    <Modal
      title={t("shell.quit_title")}
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>{t("common.cancel")}</Button>
          <Button
            look="primary"
            onClick={() => {
              closeDialog();
              quitNow();
            }}
          >
            {t("shell.quit_confirm")}
          </Button>
        </>
      }
    >
      <p>{t("shell.quit_text")}</p>
    </Modal>
  );
}
