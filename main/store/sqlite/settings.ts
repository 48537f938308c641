/** Settings: a key and a JSON value each. What they mean is the affair of those who set them. */
import { z } from "zod";
import type { SettingStore } from "../store.ts";
import type { Connection } from "./connection.ts";
import { readJson } from "./json-column.ts";

export function settingStore(connection: Connection): SettingStore {
  return {
    getSettings: () =>
      connection.read(() => {
        const rows = connection.all<{ key: string; value_json: string }>("SELECT key, value_json FROM settings ORDER BY key");
        return Object.fromEntries(
          rows.map(({ key, value_json }) => [key, readJson(connection, z.unknown(), value_json, { table: "settings", row: key })]),
        );
      }),

    setSetting: (key, value) =>
      connection.write(() => {
        connection.run(
          "INSERT INTO settings (key, value_json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value_json = excluded.value_json",
          key,
          JSON.stringify(value),
        );
      }),
  };
}
