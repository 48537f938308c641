/** Choosing data: a file, what was imported before, or a built-in set. Also the first thing seen on the data screen of a new project. */
import { useState } from "react";
import type { Dataset } from "../../core/protocol/methods.ts";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { useAnswer } from "../state/use-answer.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { formatBytes, formatCount, formatMoment } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { LongState } from "../ui/LongState.tsx";
import { Modal } from "../ui/Modal.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { chooseDataset } from "./acts.ts";
import { BuiltinPicker } from "./BuiltinPicker.tsx";
import { FileButton, FolderButton } from "./FileButton.tsx";
import { openGraphDialog } from "./graph/graph-files.ts";
import { useImport } from "./import-data.ts";
import { openJoin } from "./join-files.ts";
import { PasteButton } from "./PasteTable.tsx";

interface ChooseDataProps {
  /** Name of the file that the design was made with, where it is not in this library. */
  missing: string | null;
  onChosen: () => void;
}

export function ChooseData({ missing, onChosen }: ChooseDataProps) {
  const t = useText();
  return (
    <div className="choose-data">
      <div className="choose-side">
        <section className="drop-card" aria-label={t("data.choose_title")}>
          <Icon name="data" size={28} />
          <h2>{t("data.choose_title")}</h2>
          <p className="muted">{missing === null ? t("data.choose_text") : t("data.missing_here", { name: missing })}</p>
          <FileButton words={t("data.open_file")} />
          <FolderButton words={t("data.open_folder")} />
          <Button icon="add" onClick={() => openJoin([])}>
            {t("data.join_open")}
          </Button>
          <Button icon="add" onClick={openGraphDialog}>
            {t("data.graph_open")}
          </Button>
          <PasteButton />
        </section>
        <Library onChosen={onChosen} />
      </div>
      <BuiltinPicker onChosen={onChosen} />
    </div>
  );
}

function Library({ onChosen }: { onChosen: () => void }) {
  const t = useText();
  const [deleting, setDeleting] = useState<Dataset | null>(null);
  const imported = useImport((state) => state.progress === null);
  // An import that ended has made the list longer.
  const answer = useAnswer("datasets.list", {}, "library", imported ? 1 : 0);
  const files = (answer.value?.datasets ?? []).filter(({ kind }) => kind === "file").sort((a, b) => b.created_at - a.created_at);
  const choose = (dataset: Dataset): void => {
    host().call("datasets.profile", { id: dataset.id }).then(chooseDataset).then(onChosen).catch(report);
  };
  return (
    <section className="library" aria-label={t("data.library")}>
      <h3>{t("data.library")}</h3>
      <LongState answer={answer} what={t("common.loading")} />
      {answer.value !== null && files.length === 0 && <p className="muted">{t("data.library_empty")}</p>}
      <ul>
        {files.map((dataset) => (
          <LibraryItem key={dataset.id} dataset={dataset} onUse={() => choose(dataset)} onDelete={() => setDeleting(dataset)} />
        ))}
      </ul>
      {deleting !== null && (
        <DeleteDialog
          dataset={deleting}
          onClose={() => setDeleting(null)}
          onDelete={() => {
            setDeleting(null);
            host().call("datasets.delete", { id: deleting.id }).then(answer.restart).catch(report);
          }}
        />
      )}
    </section>
  );
}

function LibraryItem({ dataset, onUse, onDelete }: { dataset: Dataset; onUse: () => void; onDelete: () => void }) {
  const t = useText();
  const language = useLanguage();
  const inUse = useDocument((state) => state.datasetId === dataset.id);
  return (
    <li>
      <button type="button" className="library-use" aria-label={t("data.use_named", { name: dataset.name })} onClick={onUse}>
        <b className="clip">{dataset.name}</b>
        <span className="faint number clip">
          {t("data.library_size", { rows: formatCount(dataset.row_count), columns: formatCount(dataset.column_count) })} ·{" "}
          {formatBytes(dataset.size_bytes)} · {formatMoment(dataset.created_at, language)}
        </span>
      </button>
      {inUse ? (
        <span className="chip">
          <span className="dot" />
          {t("data.in_use")}
        </span>
      ) : (
        <IconButton small icon="trash" label={t("data.delete_named", { name: dataset.name })} onClick={onDelete} />
      )}
    </li>
  );
}

function DeleteDialog({ dataset, onClose, onDelete }: { dataset: Dataset; onClose: () => void; onDelete: () => void }) {
  const t = useText();
  return (
    <Modal
      title={t("data.delete_title", { name: dataset.name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" onClick={onDelete}>
            {t("common.delete")}
          </Button>
        </>
      }
    >
      <p>{t("data.delete_text")}</p>
    </Modal>
  );
}
