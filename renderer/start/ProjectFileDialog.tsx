/** The dialog of project files: with data or without, how far it is, the project that is there already, what is missing, what went wrong. */
import { useState } from "react";
import type { Project } from "../../core/protocol/methods.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { copyName } from "../ui/copy-name.ts";
import { SwitchField } from "../ui/Field.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Busy, Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { dismiss, exportProject, importTaken, isProjectFile, openKnown, useProjectFile } from "./project-file.ts";

export function ProjectFileDialog() {
  const t = useText();
  const work = useProjectFile((state) => state.work);
  switch (work.state) {
    case "none":
      return null;
    case "asking":
      return <AskToExport project={work.project} />;
    case "going":
      return (
        <Modal
          title={t(work.act === "export" ? "start.exporting" : isProjectFile(work.name) ? "start.importing" : "start.importing_model")}
          onClose={dismiss}
        >
          <Busy what={work.name} progress={work.share} onCancel={dismiss} />
        </Modal>
      );
    case "known":
      return (
        <Modal
          title={t("start.known_title")}
          onClose={dismiss}
          footer={
            <>
              <Button onClick={() => openKnown(work.id).catch(report)}>{t("start.known_open")}</Button>
              <Button look="primary" onClick={() => importTaken(work.taken, copyName(work.name, t)).catch(report)}>
                {t("start.known_copy")}
              </Button>
            </>
          }
        >
          <p>{t("start.known_text", { name: work.name })}</p>
        </Modal>
      );
    case "missing":
      return (
        <Modal title={t("start.missing_title")} onClose={dismiss} footer={<Button onClick={dismiss}>{t("common.close")}</Button>}>
          <p>{t("start.missing_text", { name: work.name })}</p>
          <ul className="missing-data">
            {work.missing.map(({ name, fingerprint }) => (
              <li key={fingerprint}>
                <b>{name}</b>
                <span className="faint number">{fingerprint.slice(0, 16)}…</span>
              </li>
            ))}
          </ul>
        </Modal>
      );
    case "left_out":
      return (
        <Modal title={t("start.left_out_title")} onClose={dismiss} footer={<Button onClick={dismiss}>{t("common.close")}</Button>}>
          <p>{t("start.left_out_text", { name: work.name, count: work.options.length })}</p>
          <ul className="left-out-options">
            {work.options.map((option) => (
              <li key={option}>{option}</li>
            ))}
          </ul>
        </Modal>
      );
    case "failed":
      return (
        <Modal title={t("start.file_failed")} onClose={dismiss} footer={<Button onClick={dismiss}>{t("common.close")}</Button>}>
          <Failure error={work.error} onRetry={null} />
        </Modal>
      );
    default:
      return work satisfies never;
  }
}

function AskToExport({ project }: { project: Project }) {
  const t = useText();
  const [withData, setWithData] = useState(true);
  return (
    <Modal
      title={t("start.export_title")}
      onClose={dismiss}
      footer={
        <>
          <Button onClick={dismiss}>{t("common.cancel")}</Button>
          <Button look="primary" icon="export" onClick={() => void exportProject(project, withData)}>
            {t("start.export_now")}
          </Button>
        </>
      }
    >
      <p>{t("start.export_text", { name: project.name, count: project.run_count })}</p>
      <SwitchField label={t("start.export_data")} help={t("start.export_data_help")} checked={withData} onChange={setWithData} />
    </Modal>
  );
}
