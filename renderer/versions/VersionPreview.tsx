/** One version looked at: its drawing, what differs from now, the runs that used it, its name, and the button that restores it. */
import { useMemo, useState } from "react";
import { examine } from "../../core/checks/examine.ts";
import type { MethodOutput, Version } from "../../core/protocol/methods.ts";
import type { Language } from "../../resources/translations/translate.ts";
import { canvasSvg } from "../export/canvas-picture.ts";
import { pictureColours } from "../export/picture-colours.ts";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { useSession } from "../state/session.ts";
import { report, toast } from "../state/toasts.ts";
import { useAsked } from "../state/use-asked.ts";
import { closeDialog, openDialog } from "../state/view.ts";
import { actWords, timeOfAct } from "../ui/act-words.ts";
import { Button } from "../ui/Button.tsx";
import { formatMoment } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { type Translate, useLanguage, useText } from "../ui/texts.ts";
import { changeWords } from "./change-words.ts";
import { changeTo, restoreVersion } from "./use-versions.ts";

type Opened = MethodOutput<"versions.open">;

export function VersionPreview({ version, onChange }: { version: Version; onChange: () => void }) {
  const t = useText();
  const answer = useAsked(version.id, () => host().call("versions.open", { id: version.id }));
  if (answer.value === null) return <LongState answer={answer} what={t("versions.opening")} />;
  return <Look version={version} opened={answer.value} onChange={onChange} />;
}

/** @param _theme what the page's colours, which the picture takes, hang on */
function pictureOf(design: Opened["design"], language: Language, t: Translate, _theme: string): string {
  return `data:image/svg+xml,${encodeURIComponent(canvasSvg(design, examine(design), pictureColours(), language, t))}`;
}

function Look({ version, opened, onChange }: { version: Version; opened: Opened; onChange: () => void }) {
  const t = useText();
  const language = useLanguage();
  const now = useDocument((state) => state.design);
  const { design } = opened;
  const theme = useSession((state) => state.theme);
  const picture = useMemo(() => pictureOf(design, language, t, theme), [design, language, t, theme]);
  const datasetId = useDocument((state) => state.datasetId);
  const difference = useMemo(() => (now === null ? null : changeTo(opened, { design: now, datasetId })), [now, datasetId, opened]);
  const words = difference === null ? "" : changeWords(difference, t);
  const same = difference === null || words === t("change.nothing");
  const time = formatMoment(version.created_at, language);
  const named =
    version.name === null
      ? actWords("act.restore_unnamed", { time: timeOfAct(version.created_at) })
      : actWords("act.restore", { name: version.name });
  const restore = (): void => {
    try {
      restoreVersion(opened, named);
      closeDialog();
      toast((t) => t("versions.restored"));
    } catch (thrown) {
      report(thrown);
    }
  };
  return (
    <>
      <div className="version-picture">
        {design.graph.nodes.length + (design.graph.annotations?.length ?? 0) === 0 ? (
          <p className="muted">{t("versions.preview_empty")}</p>
        ) : (
          <img src={picture} alt={t("versions.preview", { time, count: design.graph.nodes.length })} />
        )}
      </div>
      <NameField key={`${version.id} ${version.name ?? ""}`} version={version} onChange={onChange} />
      <p className="version-facts">{same ? t("versions.same_as_now") : t("versions.against_now", { what: words })}</p>
      {version.runs.length > 0 && (
        <p className="version-facts">{t("versions.runs", { names: version.runs.map(({ name }) => name).join(t("change.join")) })}</p>
      )}
      <div className="version-acts">
        <Button
          disabled={same}
          onClick={() =>
            openDialog({ name: "overlay", left: { kind: "version", id: version.id, name: version.name ?? time }, right: { kind: "open" } })
          }
        >
          {t("overlay.with_open")}
        </Button>
        <Button look="primary" icon="reset" disabled={same} onClick={restore}>
          {t("versions.restore")}
        </Button>
      </div>
    </>
  );
}

function NameField({ version, onChange }: { version: Version; onChange: () => void }) {
  const t = useText();
  const [name, setName] = useState(version.name ?? "");
  const save = (to: string | null): void => {
    host().call("versions.rename", { id: version.id, name: to }).then(onChange).catch(report);
  };
  const changed = name.trim() !== "" && name.trim() !== version.name;
  return (
    <form
      className="version-name"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) save(name.trim());
      }}
    >
      <input
        className="input"
        aria-label={t("versions.name")}
        placeholder={t("versions.rename")}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={!changed}>
        {t("versions.rename_done")}
      </Button>
      {version.name !== null && (
        <Button look="quiet" onClick={() => save(null)}>
          {t("versions.unname")}
        </Button>
      )}
    </form>
  );
}
