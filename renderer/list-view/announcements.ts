/** What an act on the design came to, in words: read out by a screen reader, shown below the list. */
import { useEffect, useRef, useState } from "react";
import { useEnteredGroup } from "../canvas/entered-group.ts";
import { useDocument } from "../state/document.ts";
import { useActText } from "../ui/act-words.ts";
import { useText } from "../ui/texts.ts";

/** The last act, undone or done, and what is to be fixed where that changed, or which group was entered or left; empty before the first. */
export function useAnnouncement(): string {
  const t = useText();
  const actText = useActText();
  const [said, setSaid] = useState("");
  useEffect(
    () =>
      useDocument.subscribe((now, before) => {
        if (now.acts === before.acts && now.done === before.done) return;
        const isNew = now.acts !== before.acts;
        const act = isNew || now.done > before.done ? now.acts[now.done - 1] : now.acts[now.done];
        if (act === undefined) return;
        const key = isNew ? "list.did" : now.done > before.done ? "list.redid" : "list.undid";
        const words = t(key, { what: actText(act.label) });
        // What follows from the act is known a moment later: the design is settled after the list of acts.
        queueMicrotask(() => setSaid(withMistakes(words, mistakesOf(before.problems), t)));
      }),
    [t, actText],
  );
  const group = useEnteredGroup();
  const [place, name, count] = [group?.id ?? null, group?.name ?? "", group?.node_ids.length ?? 0];
  const lastPlace = useRef(place);
  useEffect(() => {
    if (lastPlace.current === place) return;
    lastPlace.current = place;
    setSaid(place === null ? t("list.outside") : t("list.inside", { name, count }));
  }, [place, name, count, t]);
  return said;
}

function mistakesOf(problems: readonly { readonly severity: string }[]): number {
  return problems.filter(({ severity }) => severity === "error").length;
}

function withMistakes(said: string, before: number, t: ReturnType<typeof useText>): string {
  const count = mistakesOf(useDocument.getState().problems);
  if (count === before) return said;
  return count === 0 ? t("list.all_fine", { said }) : t("list.to_fix", { said, count });
}
