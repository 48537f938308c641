/** The switch of the settings that has the system open project files with this app: off until asked, taken back by itself or by the message's Undo. */
import { useState } from "react";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { report, toast, toastWanted } from "../state/toasts.ts";
import { SwitchField } from "../ui/Field.tsx";
import { type Translate, useText } from "../ui/texts.ts";

type State = MethodOutput<"app.association">["state"];

export function FileAssociation({ found }: { found: State }) {
  const t = useText();
  const [state, setState] = useState(found);
  const set = (on: boolean): void => {
    host()
      .call("app.associate", { on })
      .then((now) => {
        setState(now.state);
        const undo = { label: (t: Translate) => t("common.undo"), run: () => set(!on) };
        if (on && now.missing.length > 0) toastWanted((t) => t("shell.associate_missing", { programs: now.missing.join(", ") }), undo);
        else toast((t) => t(on ? "shell.associate_on" : "shell.associate_off"), undo);
      })
      .catch(report);
  };
  const help = { off: "shell.associate_help", on: "shell.associate_help", elsewhere: "shell.associate_elsewhere" } as const;
  return (
    <SwitchField
      label={t("shell.associate")}
      checked={state === "on"}
      disabled={state === "unsupported"}
      help={t(state === "unsupported" ? "shell.associate_unsupported" : help[state])}
      onChange={set}
    />
  );
}
