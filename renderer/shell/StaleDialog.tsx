/** Another window saved this project in between: keep both, or take the other. Nothing is overwritten. */
import { keepAsCopy, loadOther, useDocument } from "../state/document.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { copyName } from "../ui/copy-name.ts";
import { Modal } from "../ui/Modal.tsx";
import { useText } from "../ui/texts.ts";

export function StaleDialog() {
  const t = useText();
  const stale = useDocument((state) => state.saveState === "stale");
  const name = useDocument((state) => state.project?.name ?? "");
  const copying = useDocument((state) => state.copying);
  if (!stale) return null;
  const copy = (): void => {
    keepAsCopy(copyName(name, t)).catch(report);
  };
  return (
    <Modal
      title={t("shell.stale_title")}
      onClose={copy}
      footer={
        <>
          <Button disabled={copying} onClick={() => loadOther().catch(report)}>
            {t("shell.stale_load")}
          </Button>
          <Button look="primary" disabled={copying} onClick={copy}>
            {t("shell.stale_copy")}
          </Button>
        </>
      }
    >
      <p>{t("shell.stale_text")}</p>
    </Modal>
  );
}
