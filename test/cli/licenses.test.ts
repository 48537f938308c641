/** What the build puts into itself comes with the text of its licence. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const licences = (part: string): string => readFileSync(new URL(`../../out/${part}/licenses.md`, import.meta.url), "utf8");

test.each([
  ["main", ["zod", "@dagrejs/dagre", "@duckdb/node-api", "umap-js"]],
  ["renderer", ["react", "react-dom", "@xyflow/react", "recharts", "katex"]],
])("%s names each package, and its licence stands below", (part, packages) => {
  const found = licences(part).split(/^## /m);
  for (const name of packages)
    expect(found.find((one) => one.startsWith(`${name} - `)) ?? "", name).toMatch(
      /Permission is hereby granted, free of charge|Apache License/,
    );
});
