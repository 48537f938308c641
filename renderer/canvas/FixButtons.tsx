/** The ways to mend a problem, a button each: the likeliest stands out, the others stand beside it. */
import type { Fix } from "../../core/graph/problem.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { useLanguage } from "../ui/texts.ts";
import { applyFix } from "./edits.ts";

export function FixButtons({ fixes }: { fixes: readonly Fix[] }) {
  const language = useLanguage();
  return fixes.map((fix, place) => {
    const words = errorText({ code: fix.code, params: fix.params }, language);
    return (
      <Button key={words} small {...(place === 0 ? { look: "primary" as const } : {})} onClick={() => applyFix(fix)}>
        {words}
      </Button>
    );
  });
}
