/** In the inspector: why the chosen layer glows, with its numbers, and what may mend it. */
import { attempt, newId } from "../canvas/edits.ts";
import { useDocument } from "../state/document.ts";
import { useSignals } from "../state/signals.ts";
import { actWords, useActText } from "../ui/act-words.ts";
import { Button } from "../ui/Button.tsx";
import { useText } from "../ui/texts.ts";
import { longFinding, mendsOf } from "./finding-words.ts";

export function FindingNote({ nodeId }: { readonly nodeId: string }) {
  const t = useText();
  const actText = useActText();
  const finding = useSignals((state) => state.findings.get(nodeId));
  const design = useDocument((state) => state.design);
  if (finding === undefined || design === null) return null;
  return (
    <div className="finding-note" role="note">
      <p>{longFinding(finding, t)}</p>
      <div className="problem-acts">
        {mendsOf(finding, design, newId).map(({ words, command }) => (
          <Button key={words.key} small look="primary" onClick={() => attempt(() => command, actWords("act.fix", { what: words }))}>
            {actText(words)}
          </Button>
        ))}
      </div>
    </div>
  );
}
