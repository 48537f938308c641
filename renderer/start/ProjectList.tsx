/** Recent projects: open, rename, duplicate, delete (with an undo in the message). Searchable once there are many. */
import { useState } from "react";
import type { Project } from "../../core/protocol/methods.ts";
import { report } from "../state/toasts.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { formatMoment } from "../ui/format.ts";
import { Menu } from "../ui/Menu.tsx";
import { Modal } from "../ui/Modal.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { typedKey } from "../ui/typed-key.ts";
import { GoingRuns } from "./GoingRuns.tsx";
import { askToExport } from "./project-file.ts";
import { type Act, deleteProject, duplicateProject, open, renameProject } from "./projects.ts";
import { type Sketch, useSketches } from "./sketches.ts";
import { Thumbnail } from "./Thumbnail.tsx";

interface ProjectListProps {
  projects: readonly Project[];
  /** Opens a project: shows that something is going on, and what went wrong. */
  act: Act;
  reload: () => void;
}

const SEARCH_FROM = 8;
const NO_GRAPH: Sketch["graph"] = { nodes: [], edges: [] };

export function ProjectList({ projects, act, reload }: ProjectListProps) {
  const t = useText();
  const language = useLanguage();
  const [query, setQuery] = useState("");
  const sketches = useSketches(projects);
  const [renaming, setRenaming] = useState<Project | null>(null);
  // The host does these at once and cannot be called back: none is shown with a Cancel.
  const change = (work: Promise<void>): void => void work.then(reload).catch(report);
  const shown = [...projects]
    .sort((a, b) => b.updated_at - a.updated_at)
    .filter((project) => project.name.toLowerCase().includes(query.trim().toLowerCase()));
  return (
    <>
      {projects.length >= SEARCH_FROM && (
        <input
          className="input project-search"
          type="search"
          aria-label={t("start.search")}
          placeholder={t("start.search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      )}
      {shown.length === 0 && <p className="muted">{t("start.nothing_found", { text: query })}</p>}
      <ul className="project-list">
        {shown.map((project) => (
          <li key={project.id} className="project">
            <button
              type="button"
              className="project-open"
              aria-label={t("start.open_project", { name: project.name })}
              onClick={() => act((signal) => open(project, signal))}
            >
              <Thumbnail graph={sketches.get(project.id)?.graph ?? NO_GRAPH} />
              <span className="project-words">
                <b className="clip">{project.name}</b>
                <span className="faint number">
                  {t("start.changed", { time: formatMoment(project.updated_at, language) })} ·{" "}
                  {t("start.project_runs", { count: project.run_count })}
                </span>
                <GoingRuns projectId={project.id} />
              </span>
            </button>
            <Menu
              trigger={<IconButton icon="more" label={t("start.actions", { name: project.name })} />}
              entries={[
                { label: t("common.open"), onSelect: () => act((signal) => open(project, signal)) },
                { label: t("common.rename"), onSelect: () => setTimeout(() => setRenaming(project)) },
                { label: t("common.duplicate"), onSelect: () => change(duplicateProject(project)) },
                { label: t("start.export"), onSelect: () => setTimeout(() => askToExport(project)) },
                "line",
                { label: t("common.delete"), danger: true, onSelect: () => change(deleteProject(project, reload)) },
              ]}
            />
          </li>
        ))}
      </ul>
      {renaming !== null && (
        <RenameDialog
          project={renaming}
          onClose={() => setRenaming(null)}
          onRename={(name) => {
            setRenaming(null);
            change(renameProject(renaming, name));
          }}
        />
      )}
    </>
  );
}

function RenameDialog({ project, onClose, onRename }: { project: Project; onClose: () => void; onRename: (name: string) => void }) {
  const t = useText();
  const [name, setName] = useState(project.name);
  const good = name.trim() !== "";
  return (
    <Modal
      title={t("start.rename_title")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" disabled={!good} onClick={() => onRename(name.trim())}>
            {t("common.rename")}
          </Button>
        </>
      }
    >
      <Field label={t("shell.project_name")}>
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={200}
            value={name}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (typedKey(event) === "Enter" && good) onRename(name.trim());
            }}
          />
        )}
      </Field>
    </Modal>
  );
}
