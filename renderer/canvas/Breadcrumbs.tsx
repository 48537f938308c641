/** Where one is while a group is shown from inside: the project, and in it the group, whose name can be changed here. */
import { useState } from "react";
import type { GroupDocument } from "../../core/graph/document.ts";
import { useDocument } from "../state/document.ts";
import { Button } from "../ui/Button.tsx";
import { useText } from "../ui/texts.ts";
import { typedKey } from "../ui/typed-key.ts";
import { leaveGroup, renameGroup, useEnteredGroup } from "./entered-group.ts";

export function Breadcrumbs() {
  const t = useText();
  const group = useEnteredGroup();
  const project = useDocument((state) => state.project?.name ?? "");
  if (group === null) return null;
  return (
    <nav className="group-crumbs" aria-label={t("canvas.crumbs")}>
      <Button small act="leaveGroup" aria-label={t("canvas.crumb_leave", { name: project })} onClick={leaveGroup}>
        <span className="clip">{project}</span>
      </Button>
      <span aria-hidden="true">/</span>
      <GroupName key={group.id} group={group} />
      <span className="group-crumbs-count">{t("canvas.group_count", { count: group.node_ids.length })}</span>
    </nav>
  );
}

function GroupName({ group }: { group: GroupDocument }) {
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null)
    return (
      <Button
        small
        look="quiet"
        aria-current="page"
        aria-label={t("canvas.crumb_rename", { name: group.name })}
        onClick={() => setDraft(group.name)}
      >
        <b className="clip">{group.name}</b>
      </Button>
    );
  const end = (keep: boolean): void => {
    if (keep) renameGroup(group.id, draft);
    setDraft(null);
  };
  return (
    <input
      className="input"
      aria-label={t("canvas.group_new_name")}
      maxLength={128}
      value={draft}
      ref={(field) => field?.focus()}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (typedKey(event) === "Enter") end(true);
        if (typedKey(event) === "Escape") end(false);
      }}
    />
  );
}
