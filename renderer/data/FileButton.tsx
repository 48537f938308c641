/** A button that asks for a file of data and imports it. */
import { useRef } from "react";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { importData } from "./import-data.ts";

export function FileButton({ words, primary = true }: { words: string; primary?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look={primary ? "primary" : "plain"} icon="file" onClick={() => input.current?.click()}>
        {words}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.tab,.gz,text/csv,text/tab-separated-values"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file !== undefined) importData(file).catch(report);
        }}
      />
    </>
  );
}
