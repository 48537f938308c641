/** "New from my data": choose or drop a file, or take data that are here; then two or three networks with a sentence of reason each. */
import { useEffect, useRef, useState } from "react";
import { examine } from "../../core/checks/examine.ts";
import type { Proposal } from "../../core/proposals/facts.ts";
import type { Dataset, DatasetProfile } from "../../core/protocol/methods.ts";
import { useLeaks } from "../data/leaks.ts";
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
import { likelyTarget, type Proposed, proposeFor, readFile, takeProposal } from "./proposals.ts";
import { Thumbnail } from "./Thumbnail.tsx";
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
        <Proposals
          proposed={step.proposed}
          onTarget={(target) => look(step.proposed.profile, target)}
          onIgnore={(column) => look(step.proposed.profile, step.proposed.target, [...step.proposed.ignored, column])}
          onBack={() => setStep({ state: "choose" })}
        />
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

interface ProposalsProps {
  proposed: Proposed;
  onTarget: (target: string) => void;
  onIgnore: (column: string) => void;
  onBack: () => void;
}

function Proposals({ proposed, onTarget, onIgnore, onBack }: ProposalsProps) {
  const t = useText();
  const { profile, target, proposals } = proposed;
  return (
    <>
      <Found profile={profile} target={target} onTarget={onTarget} onBack={onBack} />
      <Leaks proposed={proposed} onIgnore={onIgnore} />
      <LeftOut proposed={proposed} />
      {proposals.length === 0 && <p className="muted">{t("proposal.nothing")}</p>}
      <ul className="proposal-list">
        {proposals.map((proposal, place) => (
          <ProposalCard
            key={proposal.key}
            proposal={proposal}
            first={place === 0}
            onUse={(signal) => takeProposal(proposed, proposal, signal)}
          />
        ))}
      </ul>
    </>
  );
}

/** Names, texts without an end and what is the same in every row: said, so that nobody looks for them in the network. */
function LeftOut({ proposed: { proposals } }: { proposed: Proposed }) {
  const t = useText();
  const data = proposals[0]?.design.data;
  // The columns of the split and of the order are used, though not to learn from.
  const used = [data?.split.column, data?.window?.order_by];
  const names = (data?.columns ?? []).flatMap(({ name, role }) => (role === "ignored" && !used.includes(name) ? [name] : []));
  if (names.length === 0) return null;
  const shown = names.slice(0, MOST_NAMED).join(", ");
  const more = names.length - MOST_NAMED;
  return (
    <p className="muted">
      {more > 0 ? t("proposal.left_out_more", { names: shown, count: more }) : t("proposal.left_out", { names: shown })}
    </p>
  );
}

const MOST_NAMED = 6;

/** Columns that give the target away: said before a network is chosen that would learn nothing else. */
function Leaks({ proposed: { profile, target, proposals }, onIgnore }: { proposed: Proposed; onIgnore: (column: string) => void }) {
  const t = useText();
  const language = useLanguage();
  const columns = proposals[0]?.design.data?.columns ?? [];
  const learnt = new Set(columns.filter(({ role }) => role === "feature").map(({ name }) => name));
  const leaks = useLeaks(profile.dataset.id, [target]).filter(({ params }) => learnt.has(String(params["column"])));
  if (leaks.length === 0) return null;
  return (
    <ul className="data-notes" aria-label={t("data.dataset_notes")}>
      {leaks.map((leak) => (
        <li key={String(leak.params["column"])}>
          <Icon name="warning" size={14} className="warn" />
          <span>{errorText(leak, language)}</span>
          <Button
            small
            aria-label={t("data.ignore_named", { column: String(leak.params["column"]) })}
            onClick={() => onIgnore(String(leak.params["column"]))}
          >
            {t("data.ignore_column")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Counts as they are read. */
function grouped(params: Proposal["params"]): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === "number" ? formatCount(value) : value]));
}

function ProposalCard({ proposal, first, onUse }: { proposal: Proposal; first: boolean; onUse: (signal: AbortSignal) => Promise<void> }) {
  const t = useText();
  const title = t(`proposal.${proposal.key}`);
  const { nodes } = examine(proposal.design);
  const isGraph = proposal.design.data?.graph !== undefined;
  const [taking, setTaking] = useState<AbortController | null>(null);
  const last = useRef<AbortController | null>(null);
  // A dialog that is closed wants no project.
  useEffect(() => () => last.current?.abort(), []);
  const use = (): void => {
    const controller = new AbortController();
    last.current = controller;
    setTaking(controller);
    onUse(controller.signal)
      .catch((error: unknown) => !controller.signal.aborted && report(error))
      .finally(() => setTaking((now) => (now === controller ? null : now)));
  };
  const stop = (): void => {
    taking?.abort();
    setTaking(null);
  };
  const parameters = [...nodes.values()].reduce((sum, node) => sum + node.parameters, 0);
  return (
    <li className="proposal">
      <Thumbnail graph={proposal.design.graph} />
      <div>
        <h3>
          {title}
          {first && <span className="proposal-first">{t("proposal.first")}</span>}
        </h3>
        <p className="muted">{t(`proposal.${proposal.key}.why`, grouped(proposal.params))}</p>
        {/* Of a graph they follow from its words, which are counted when it is made. */}
        {parameters > 0 && <p className="faint number">{t("proposal.parameters", { count: formatCount(parameters) })}</p>}
        {taking !== null && (
          <div className="proposal-taking" role="status">
            <span className="spinner small" />
            <span>{t(isGraph ? "proposal.counting" : "proposal.making")}</span>
            {isGraph && (
              <Button small onClick={stop}>
                {t("common.cancel")}
              </Button>
            )}
          </div>
        )}
      </div>
      <Button look={first ? "primary" : "plain"} aria-label={`${t("proposal.use")}: ${title}`} disabled={taking !== null} onClick={use}>
        {t("proposal.use")}
      </Button>
    </li>
  );
}
