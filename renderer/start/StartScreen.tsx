/** The first screen: runs to resume, recent projects, templates, new project, import. */

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { AppError } from "../../core/errors.ts";
import type { Project, Run } from "../../core/protocol/methods.ts";
import { isDataJson } from "../data/dropped-json.ts";
import { host } from "../state/host.ts";
import { paced } from "../state/paced.ts";
import { report } from "../state/toasts.ts";
import { type Asked, useAsked } from "../state/use-asked.ts";
import { openDialog } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { LongState } from "../ui/LongState.tsx";
import { Busy, Empty } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { useFollowedRuns } from "./GoingRuns.tsx";
import { ProjectList } from "./ProjectList.tsx";
import { importModelFile, importProjectFile, isProjectFile } from "./project-file.ts";
import { type Act, createEmpty, createFromTemplate, modelAmong, resumeInterrupted } from "./projects.ts";
import { type Template, Templates } from "./Templates.tsx";
import "./start.css";

const NONE: readonly Run[] = [];

interface Loaded {
  readonly projects: readonly Project[];
  readonly templates: readonly Template[];
  readonly interrupted: readonly Run[];
  readonly going: readonly Run[];
}

async function load(): Promise<Loaded> {
  const [{ projects }, { templates }, { interrupted, going }] = await Promise.all([
    host().call("projects.list", {}),
    host().call("templates.list", {}),
    host().call("app.unfinished", {}),
  ]);
  return { projects, templates, interrupted, going };
}

/** Another window that works in a project saves it twice a second. */
const LIST_AGAIN_MS = 2000;

function useStart(): Asked<Loaded> {
  const answer = useAsked("start", load, { of: "start" });
  const again = useEffectEvent(answer.restart);
  const isPending = useEffectEvent(() => answer.pending);
  useEffect(() => {
    // Asked anew before the lists are there, a slow host would never show them.
    const { act, end } = paced(
      () => again(),
      LIST_AGAIN_MS,
      () => isPending(),
    );
    const unsubscribe = host().on("projects.changed", act);
    return () => {
      unsubscribe();
      end();
    };
  }, []);
  return answer;
}

export function StartScreen() {
  const t = useText();
  const answer = useStart();
  const { value: loaded } = answer;
  useFollowedRuns(loaded?.going ?? NONE);
  const [going, setGoing] = useState<AbortController | null>(null);
  const busy = going !== null;
  const act: Act = (work) => {
    // What was chosen last is what opens.
    going?.abort();
    const controller = new AbortController();
    setGoing(controller);
    work(controller.signal)
      .catch((error: unknown) => !controller.signal.aborted && report(error))
      .finally(() => setGoing((now) => (now === controller ? null : now)));
  };
  const stop = (): void => {
    going?.abort();
    setGoing(null);
  };
  return (
    <main className="screen start" aria-label={t("start.title")} aria-busy={busy}>
      {/* What needs no list can be done before the lists are there. */}
      <div className="start-page">
        {busy && (
          <div className="long-over">
            <Busy small what={t("start.opening")} onCancel={stop} />
          </div>
        )}
        {loaded !== null && loaded.interrupted.length > 0 && <Interrupted runs={loaded.interrupted} projects={loaded.projects} act={act} />}
        <div className="start-actions">
          <StartCard icon="add" title={t("start.new")} text={t("start.new_help")} disabled={busy} onClick={() => act(createEmpty)} />
          <StartCard
            icon="data"
            title={t("proposal.title")}
            text={t("proposal.help")}
            disabled={busy}
            onClick={() => openDialog({ name: "propose" })}
          />
          <ImportCard disabled={busy} onModel={({ file, parts }) => importModelFile(file, parts).catch(report)} />
        </div>
        <LongState answer={answer} what={t("common.loading")} />
        {loaded !== null && (
          <div className={loaded.projects.length === 0 ? "start-columns first" : "start-columns"}>
            <section aria-label={t("start.recent")}>
              <h2>{t("start.recent")}</h2>
              {loaded.projects.length === 0 ? (
                <Empty icon="file" title={t("start.no_projects")}>
                  {t("start.no_projects_text")}
                </Empty>
              ) : (
                <ProjectList projects={loaded.projects} act={act} reload={answer.restart} />
              )}
            </section>
            <Templates
              templates={loaded.templates}
              disabled={busy}
              onUse={(name, title) => act((signal) => createFromTemplate(name, title, signal))}
            />
          </div>
        )}
      </div>
    </main>
  );
}

interface CardProps {
  icon: IconName;
  title: string;
  text: string;
  disabled: boolean;
  onClick: () => void;
}

function StartCard({ icon, title, text, disabled, onClick }: CardProps) {
  return (
    <button type="button" className="start-card" disabled={disabled} onClick={onClick}>
      <Icon name={icon} size={20} />
      <span>
        <b>{title}</b>
        <span className="muted">{text}</span>
      </span>
    </button>
  );
}

function ImportCard({ disabled, onModel }: { disabled: boolean; onModel: (model: NonNullable<ReturnType<typeof modelAmong>>) => void }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <StartCard
        icon="file"
        title={t("start.import")}
        text={t("start.import_help")}
        disabled={disabled}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        accept=".neuroloom,.json,.bin,application/json"
        multiple
        aria-label={t("start.import")}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          const [first] = files;
          const model = modelAmong(files);
          // Data rather than a model: that is where networks for them are proposed.
          const propose = (file: File): void => openDialog({ name: "propose", file });
          if (first !== undefined && files.length === 1 && isProjectFile(first.name)) importProjectFile(first).catch(report);
          else if (model !== null && model.parts.length === 0)
            isDataJson(model.file)
              .then((isData) => (isData ? propose(model.file) : onModel(model)))
              .catch(report);
          else if (model !== null) onModel(model);
          else if (first !== undefined && files.length === 1 && !/\.(bin|keras|h5|pt|pth|onnx)$/i.test(first.name)) propose(first);
          else if (files.length > 0) report(new AppError("import.no_model_chosen"));
        }}
      />
    </>
  );
}

function Interrupted({ runs, projects, act }: { runs: readonly Run[]; projects: readonly Project[]; act: Act }) {
  const t = useText();
  const nameOf = (id: string): string => projects.find((project) => project.id === id)?.name ?? "";
  return (
    <section className="interrupted" aria-label={t("start.interrupted")}>
      <h2>
        <Icon name="warning" />
        {t("start.interrupted")}
      </h2>
      <p className="muted">{t("start.interrupted_text")}</p>
      <ul>
        {runs.map((run) => (
          <li key={run.id} className="row">
            <b className="clip">{nameOf(run.project_id)}</b>
            <span className="clip">{run.name}</span>
            <span className="muted number">{t("start.run_at", { epoch: run.epoch, epochs: run.epochs })}</span>
            <span className="spacer" />
            <Button
              small
              look="primary"
              aria-label={t("start.resume_run", { name: run.name, project: nameOf(run.project_id) })}
              onClick={() => act((signal) => resumeInterrupted(run, signal))}
            >
              {t("start.resume")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
