/** The versions of the open project, newest first, and the one that is looked at beside them. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Version } from "../../core/protocol/methods.ts";
import { closeDialog, openDialog } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { formatMoment } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { LongState } from "../ui/LongState.tsx";
import { Modal } from "../ui/Modal.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { changeWords } from "./change-words.ts";
import { useVersions } from "./use-versions.ts";
import { VersionPreview } from "./VersionPreview.tsx";
import "./versions.css";

export function VersionsDialog() {
  const t = useText();
  const { answer, versions, total, more } = useVersions();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = versions.find(({ id }) => id === chosenId) ?? versions[0];
  return (
    <Modal
      title={t("versions.title")}
      wide
      onClose={closeDialog}
      footer={
        <Button act="keepVersion" onClick={() => openDialog({ name: "keepVersion" })}>
          {t("versions.keep_now")}
        </Button>
      }
    >
      <LongState answer={answer} what={t("versions.loading")} />
      {answer.value !== null && (
        <>
          <p className="muted">{t("versions.help")}</p>
          <div className="versions">
            <VersionList versions={versions} chosen={chosen?.id ?? ""} onChoose={setChosenId} total={total} onEnd={more} />
            <div className="version-look">{chosen !== undefined && <VersionPreview version={chosen} onChange={answer.restart} />}</div>
          </div>
        </>
      )}
    </Modal>
  );
}

interface VersionListProps {
  versions: readonly Version[];
  chosen: string;
  total: number;
  onChoose: (id: string) => void;
  /** The end of what is listed came into view, and there is more. */
  onEnd: () => void;
}

/** Older ones are asked for as the end is scrolled to: few projects have more than a page. */
function VersionList({ versions, chosen, total, onChoose, onEnd }: VersionListProps) {
  const t = useText();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.focus(), []);
  const choose = (index: number): void => {
    const version = versions[Math.max(0, Math.min(versions.length - 1, index))];
    if (version === undefined) return;
    onChoose(version.id);
    document.getElementById(`version-${version.id}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = versions.findIndex(({ id }) => id === chosen);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: versions.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(to);
    if (to >= versions.length - 1 && versions.length < total) onEnd();
  };
  return (
    <div
      ref={list}
      className="version-list"
      role="listbox"
      tabIndex={0}
      aria-label={t("versions.list")}
      aria-activedescendant={`version-${chosen}`}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: box }) => {
        if (versions.length < total && box.scrollTop + box.clientHeight > box.scrollHeight - 80) onEnd();
      }}
    >
      {versions.map((version, index) => (
        <VersionRow key={version.id} version={version} chosen={version.id === chosen} onChoose={() => choose(index)} />
      ))}
    </div>
  );
}

function VersionRow({ version, chosen, onChoose }: { version: Version; chosen: boolean; onChoose: () => void }) {
  const t = useText();
  const language = useLanguage();
  const time = formatMoment(version.created_at, language);
  const runs = version.runs.length;
  return (
    // The list takes the keys, as lists of choices do: the rows are its options.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={`version-${version.id}`}
      className={chosen ? "version-row chosen" : "version-row"}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onClick={onChoose}
    >
      <div className="version-head">
        <b className="clip">{version.name ?? time}</b>
        {version.current && <span className="badge">{t("versions.current")}</span>}
        {runs > 0 && (
          <span className="version-runs">
            <Icon name="play" size={11} />
            {runs === 1 ? t("versions.used_one") : t("versions.used", { count: runs })}
          </span>
        )}
      </div>
      {version.name !== null && <div className="version-time">{time}</div>}
      <div className="version-change">{version.change === null ? t("versions.first") : changeWords(version.change, t)}</div>
    </div>
  );
}
