/** Which runs hold the words of a filter in their notes: asked of the host once a word, since notes are not carried with the list. */
import { useEffect, useMemo, useState } from "react";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { filterWords, type NotedRuns } from "./run-columns.ts";

/** The host takes no longer text. */
const LONGEST_WORD = 200;

export function useNotedRuns(filter: string): NotedRuns {
  const [noted, setNoted] = useState<NotedRuns>(new Map());
  const wanted = useMemo(() => [...new Set(filterWords(filter))].filter(({ length }) => length <= LONGEST_WORD).join(" "), [filter]);
  useEffect(() => {
    if (wanted === "") return;
    let left = false;
    const words = wanted.split(" ");
    Promise.all(words.map((text) => host().call("runs.noted", { project_id: null, text })))
      .then((answers) => {
        if (!left) setNoted(new Map(words.map((word, place) => [word, new Set(answers[place]?.ids)])));
      })
      .catch(report);
    return () => {
      left = true;
    };
  }, [wanted]);
  return noted;
}
