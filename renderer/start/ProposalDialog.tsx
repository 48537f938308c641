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
import { likelyTarget, type Proposed, proposeFor, readFile } from "./proposals.ts";
import "../data/columns.css";

type Step =
  | { readonly state: "choose" }
  | { readonly state: "reading"; readonly name: string; readonly share: number }
  | { readonly state: "looking"; readonly name: string }
  | { readonly state: "proposed"; readonly proposed: Proposed }
  /** The data are there, and another column may be the one to predict. */
  | {
      readonly state: "unfit";
      readonly profile: DatasetProfile;
      readonly target: string;
      readonly error: unknown;
      readonly again: () => void;
    }
  | { readonly state: "failed"; readonly error: unknown; readonly again: () => void };

export function ProposalDialog({ request }: { request: Extract<DialogRequest, { name: "propose" }> }) {
  const t = useText();
  const [step, setStep] = useState<Step>({ state: "choose" });
  const reading = useRef<AbortController | null>(null);
  useEffect(() => () => reading.current?.abort(), []);

  const work = (): AbortSignal => {
    reading.current?.abort();
    reading.current = new AbortController();
    return reading.current.signal;
  };
  const cancel = (): void => {
    reading.current?.abort();
    setStep({ state: "choose" });
  };
  const look = (profile: DatasetProfile, target: string, ignored: readonly string[] = []): void => {
    const signal = work();
    setStep({ state: "looking", name: profile.dataset.name });
    proposeFor(profile, target, ignored, signal)
      .then((proposed) => setStep({ state: "proposed", proposed }))
      .catch((error: unknown) => {
        if (!signal.aborted) setStep({ state: "unfit", profile, target, error, again: () => look(profile, target, ignored) });
      });
  };
  const begin = (profile: DatasetProfile): void => {
    const signal = work();
    setStep({ state: "looking", name: profile.dataset.name });
    likelyTarget(profile)
      .then((target) => !signal.aborted && look(profile, target))
      .catch((error: unknown) => setStep({ state: "failed", error, again: () => begin(profile) }));
  };
  const read = (file: File): void => {
    const controller = new AbortController();
    reading.current = controller;
    setStep({ state: "reading", name: file.name, share: 0 });
    const onProgress = (share: number): void =>
      setStep((now) => (now.state === "reading" && reading.current === controller ? { ...now, share } : now));
    readFile(file, { onProgress, signal: controller.signal })
      .then(begin)
      .catch((error: unknown) =>
        setStep(controller.signal.aborted ? { state: "choose" } : { state: "failed", error, again: () => setStep({ state: "choose" }) }),
      );
  };
  const given = useRef(request.file ?? null);
  useEffect(() => {
    const file = given.current;
    given.current = null;
    if (file !== null) read(file);
  });
  const takeKnown = (id: string): void => {
    host()
      .call("datasets.profile", { id })
      .then(begin)
      .catch((error: unknown) => setStep({ state: "failed", error, again: () => takeKnown(id) }));
  };

  return (
    <Modal title={t("proposal.title")} wide onClose={closeDialog}>
      {step.state === "choose" && <Choose onFile={read} onKnown={takeKnown} />}
      {step.state === "reading" && (
        <Busy what={t("proposal.reading", { name: step.name })} progress={step.share} onCancel={() => reading.current?.abort()} />
      )}
      {step.state === "looking" && <Busy what={t("proposal.looking", { name: step.name })} onCancel={cancel} />}
      {step.state === "failed" && <Failure error={step.error} onRetry={step.again} />}
      {step.state === "unfit" && (
        <>
          <Found
            profile={step.profile}
            target={step.target}
            onTarget={(target) => look(step.profile, target)}
            onBack={() => setStep({ state: "choose" })}
          />
          <Failure error={step.error} onRetry={step.again} />
        </>
      )}
      {step.state === "proposed" && (
        <>
          <Found
            profile={step.proposed.profile}
            target={step.proposed.target}
            onTarget={(target) => look(step.proposed.profile, target)}
            onBack={() => setStep({ state: "choose" })}
          />
          <ProposalList
            proposed={step.proposed}
            onIgnore={(column) => look(step.proposed.profile, step.proposed.target, [...step.proposed.ignored, column])}
          />
        </>
      )}
    </Modal>
  );
}

function Choose({ onFile, onKnown }: { onFile: (file: File) => void; onKnown: (id: string) => void }) {
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
            <select {...control} className="input" value="" onChange={(event) => onKnown(event.target.value)}>
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
