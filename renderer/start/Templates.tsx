/** The templates of the start screen by what they are about: a card each, with its data, its expected time and its expected result. */
import { useId } from "react";
import { TEMPLATE_GROUPS } from "../../core/protocol/contract/projects.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { expectedText } from "./expected.ts";
import { Thumbnail } from "./Thumbnail.tsx";

export type Template = MethodOutput<"templates.list">["templates"][number];

const GROUPS = {
  first_steps: "start.group_first_steps",
  tables: "start.group_tables",
  pictures: "start.group_pictures",
  sequences: "start.group_sequences",
  texts: "start.group_texts",
  graphs: "start.group_graphs",
} as const;

export function Templates({
  templates,
  disabled,
  onUse,
}: {
  templates: readonly Template[];
  disabled: boolean;
  onUse: (name: string, title: string) => void;
}) {
  const t = useText();
  return (
    <section aria-label={t("start.templates")}>
      <h2>{t("start.templates")}</h2>
      {TEMPLATE_GROUPS.map((group) => (
        <div key={group} className="template-group">
          <h3>{t(GROUPS[group])}</h3>
          <ul className="template-list">
            {templates
              .filter((template) => template.group === group)
              .map((template) => (
                <li key={template.name}>
                  <TemplateCard template={template} disabled={disabled} onUse={onUse} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

interface TemplateCardProps {
  template: Template;
  disabled: boolean;
  onUse: (name: string, title: string) => void;
}

/** How it looks, what it is, the data that come along, and how long it took and what it reached where that was measured. */
function TemplateCard({ template, disabled, onUse }: TemplateCardProps) {
  const t = useText();
  const language = useLanguage();
  const facts = useId();
  const title = template.title[language] ?? template.name;
  const { expected, data } = template;
  return (
    <button
      type="button"
      className="template"
      disabled={disabled}
      aria-label={t("start.open_template", { name: title })}
      aria-describedby={facts}
      onClick={() => onUse(template.name, title)}
    >
      <span className="template-words">
        <Thumbnail graph={template.graph} />
        <b>{title}</b>
        <span className="muted">{template.summary[language] ?? ""}</span>
      </span>
      <span className="template-foot" id={facts}>
        {data.kind === "builtin" ? (
          <span>
            <Icon name="data" size={12} />
            {t("start.template_with_data", { name: data.title[language] ?? "" })}
          </span>
        ) : (
          <span title={data.name}>
            <Icon name="data" size={12} />
            {t("start.template_without_data")}
          </span>
        )}
        {expected !== null && (
          <span title={t("start.expected_help", { measured: expected.measured })}>
            <Icon name="clock" size={12} />
            {expectedText(expected, t)}
          </span>
        )}
      </span>
    </button>
  );
}
