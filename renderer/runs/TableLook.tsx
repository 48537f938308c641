/** What changes how the run table is shown: differences only, runs as columns, archived ones too. */
import { Button } from "../ui/Button.tsx";
import { formatCount } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import { useTableLook } from "./table-look.ts";

interface TableLookProps {
  /** How many of the runs are archived. */
  archived: number;
  withArchived: boolean;
  onArchived: (on: boolean) => void;
}

export function TableLook({ archived, withArchived, onArchived }: TableLookProps) {
  const t = useText();
  const { differencesOnly, transposed } = useTableLook();
  return (
    <>
      <Button small aria-pressed={differencesOnly} onClick={() => useTableLook.setState({ differencesOnly: !differencesOnly })}>
        {t("runs.differences_only")}
      </Button>
      <Button small aria-pressed={transposed} onClick={() => useTableLook.setState({ transposed: !transposed })}>
        {t("runs.transposed")}
      </Button>
      {(archived > 0 || withArchived) && (
        <Button small aria-pressed={withArchived} onClick={() => onArchived(!withArchived)}>
          {t("runs.show_archived", { count: formatCount(archived) })}
        </Button>
      )}
    </>
  );
}
