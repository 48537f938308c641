/** "New from my data": choose or drop a file, or take data that are here; then two or three networks with a sentence of reason each. */
import { useEffect, useRef, useState } from "react";
import type { Dataset, DatasetProfile } from "../../core/protocol/methods.ts";
import { takeDropped } from "../data/take-files.ts";
import { host } from "../state/host.ts";
import { report, toast } from "../state/toasts.ts";
import { closeDialog, type DialogRequest } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Field, Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Busy, Failure } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { ProposalList } from "./ProposalList.tsx";
import { type ProposalStep, ProposalSteps } from "./proposal-steps.ts";
import "../data/columns.css";

export function ProposalDialog({ request }: { request: Extract<DialogRequest, { name: "propose" }> }) {
  const t = useText();
  const [step, setStep] = useState<ProposalStep>({ state: "choose" });
  const [steps] = useState(() => new ProposalSteps(setStep));
  const { file } = request;
  useEffect(() => {
    if (file !== undefined) steps.read(file);
    return () => steps.end();
  }, [steps, file]);
  const cancel = (): void => steps.cancel();

  return (
    <Modal title={t("proposal.title")} wide onClose={closeDialog}>
      {step.state === "choose" && <Choose onFile={(file) => steps.read(file)} onKnown={({ id, name }) => steps.takeKnown(id, name)} />}
      {step.state === "reading" && <Busy what={t("proposal.reading", { name: step.name })} progress={step.share} onCancel={cancel} />}
      {step.state === "looking" && <Busy what={t("proposal.looking", { name: step.name })} onCancel={cancel} />}
      {step.state === "failed" && <Failure error={step.error} onRetry={step.again} />}
      {step.state === "unfit" && (
        <>
          <Found profile={step.profile} target={step.target} onTarget={(target) => steps.look(step.profile, target)} onBack={cancel} />
          <Failure error={step.error} onRetry={step.again} />
        </>
      )}
      {step.state === "proposed" && (
        <>
          <Found
            profile={step.proposed.profile}
            target={step.proposed.target}
            onTarget={(target) => steps.look(step.proposed.profile, target)}
            onBack={cancel}
          />
          <ProposalList
            proposed={step.proposed}
            onIgnore={(column) => steps.look(step.proposed.profile, step.proposed.target, [...step.proposed.ignored, column])}
          />
        </>
      )}
    </Modal>
  );
}

function Choose({ onFile, onKnown }: { onFile: (file: File) => void; onKnown: (dataset: Dataset) => void }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const [known, setKnown] = useState<readonly Dataset[]>([]);
  useEffect(() => {
    host()
      .call("datasets.list", {})
      .then(({ datasets }) => setKnown(datasets))
      .catch(report);
  }, []);
  // Several files and folders are one data set only when it is known how: that is asked where data are looked at.
  const take = (files: readonly File[], entries: readonly (FileSystemEntry | null)[] = []): void => {
    const [only] = files;
    if (only === undefined) return;
    if (files.length === 1 && !entries.some((entry) => entry?.isDirectory === true)) onFile(only);
    else {
      closeDialog();
      toast((words) => words("proposal.several"));
      takeDropped(files, entries);
    }
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop; the button in it does the same by key */}
      <div
        className="proposal-drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const items = [...event.dataTransfer.items].filter(({ kind }) => kind === "file");
          take(
            [...event.dataTransfer.files],
            items.map((item) => item.webkitGetAsEntry()),
          );
        }}
      >
        <Icon name="data" size={28} />
        <b>{t("proposal.drop")}</b>
        <span className="muted">{t("proposal.drop_help")}</span>
        <Button look="primary" icon="file" onClick={() => input.current?.click()}>
          {t("proposal.choose")}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t("proposal.choose")}
          onChange={(event) => take([...(event.target.files ?? [])])}
        />
      </div>
      {known.length > 0 && (
        <Field label={t("proposal.known")}>
          {(control) => (
            <select
              {...control}
              className="input"
              value=""
              onChange={({ target: { value } }) => known.filter(({ id }) => id === value).forEach(onKnown)}
            >
              <option value="" disabled>
                {t("proposal.known_pick")}
              </option>
              {known.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </>
  );
}

interface FoundProps {
  profile: DatasetProfile;
  target: string;
  onTarget: (target: string) => void;
  onBack: () => void;
}

/** What was remarked while reading of that which can be predicted, and of what was left out. */
const ABOUT_CLASSES: ReadonlySet<string> = new Set([
  "data.folders_are_parts",
  "data.folders_parts_only",
  "data.pictures_without_labels",
  "data.pictures_not_in_table",
  "data.pictures_of_table_missing",
  "data.pictures_broken",
  "data.pictures_not_pictures",
  "data.pictures_cut_off",
  "data.pictures_too_large",
  "data.pictures_no_size",
  "data.pictures_not_read",
  "data.pictures_gone",
]);

/** Of the column that is to be predicted. */
const LISTS = "data.column_lists";

/** What was read, and what of it is to be predicted. */
function Found({ profile, target, onTarget, onBack }: FoundProps) {
  const t = useText();
  const language = useLanguage();
  const { name, row_count: rows, column_count: columns } = profile.dataset;
  return (
    <>
      <div className="proposal-head">
        <p>{t("proposal.found", { name, rows: formatCount(rows), columns })}</p>
        <Button small onClick={onBack}>
          {t("proposal.other_data")}
        </Button>
      </div>
      {profile.warnings
        .filter(({ code, params }) => ABOUT_CLASSES.has(code) || (code === LISTS && params["column"] === target))
        .map(({ code, params }) => (
          <p key={code} className="muted proposal-note">
            {errorText({ code, params }, language)}
          </p>
        ))}
      <Field label={t("proposal.target")}>
        {(control) => (
          <Select
            {...control}
            value={target}
            options={profile.columns.map((column) => ({ value: column.name, label: column.name }))}
            onChange={onTarget}
          />
        )}
      </Field>
    </>
  );
}
