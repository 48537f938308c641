/** Another window shows this project: go on with a copy, or leave it to that one. */
import { closeProject, keepAsCopy, useDocument } from "../state/document.ts";
import { report } from "../state/toasts.ts";
import { showScreen } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { copyName } from "../ui/copy-name.ts";
import { Modal } from "../ui/Modal.tsx";
import { useText } from "../ui/texts.ts";
import { useHeld } from "./held-project.ts";

export function ElsewhereDialog() {
  const t = useText();
  const elsewhere = useHeld((state) => state.elsewhere);
  const name = useDocument((state) => state.project?.name ?? "");
  const copying = useDocument((state) => state.copying);
  if (elsewhere === null) return null;
  const leave = (): void => {
    if (copying) return;
    closeProject()
      .then(() => showScreen("start"))
      .catch(report);
  };
  return (
    <Modal
      title={t("start.elsewhere_title")}
      onClose={leave}
      footer={
        <>
          <Button disabled={copying} onClick={leave}>
            {t("start.elsewhere_leave")}
          </Button>
          <Button look="primary" disabled={copying} onClick={() => keepAsCopy(copyName(name, t)).catch(report)}>
            {t("start.elsewhere_copy")}
          </Button>
        </>
      }
    >
      <p>{t("start.elsewhere_text", { name })}</p>
    </Modal>
  );
}
