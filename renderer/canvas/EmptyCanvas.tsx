/** What an empty canvas says: how to begin. */
import { useDocument } from "../state/document.ts";
import { useKeyWords } from "../state/keys.ts";
import { showScreen } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { openAddSearch } from "./use-canvas-keys.ts";

export function EmptyCanvas() {
  const t = useText();
  const keys = useKeyWords("add");
  const hasData = useDocument((state) => state.datasetId !== null);
  return (
    <div className="canvas-empty">
      <Empty
        icon="add"
        title={t("canvas.empty_title")}
        actions={
          <>
            <Button
              look="primary"
              onClick={(event) => openAddSearch({ x: event.clientX || window.innerWidth / 2, y: event.clientY || window.innerHeight / 3 })}
            >
              {t("canvas.empty_add")}
            </Button>
            {!hasData && (
              <Button icon="data" onClick={() => showScreen("data")}>
                {t("canvas.empty_data")}
              </Button>
            )}
          </>
        }
      >
        {t("canvas.empty_text", { keys })}
      </Empty>
    </div>
  );
}
