/** Shown instead of the app when the host cannot be reached at all. */
import { Tooltip } from "radix-ui";
import { Failure } from "../ui/States.tsx";

export function StartFailure({ error }: { error: unknown }) {
  return (
    <Tooltip.Provider>
      <Failure error={error} onRetry={() => window.location.reload()} />
    </Tooltip.Provider>
  );
}
