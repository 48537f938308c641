/** A table that may be wider than the panel it stands in: it scrolls there, by mouse and by keys. */
import type { ReactNode } from "react";
import "./wide-table.css";

interface WideTableProps {
  /** Beside how all these tables look. */
  readonly className?: string;
  readonly children: ReactNode;
}

export function WideTable({ className, children }: WideTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, by keys too
    <div className="wide-table" tabIndex={0}>
      <table className={className}>{children}</table>
    </div>
  );
}
