/** Words of the start screen: projects, templates, runs that can be resumed. */
import type { Catalogue } from "../translate.ts";

export const startTexts = {
  "start.title": ["Projects", "项目"],
  "start.new": ["New project", "新建项目"],
  "start.new_help": ["An empty canvas", "空白画布"],
  "start.import": ["Open a file", "打开文件"],
  "start.import_help": ["A design or a trained model (.json)", "设计文件或训练好的模型 (.json)"],
  "start.untitled": ["Untitled", "未命名"],
  "start.templates": ["Templates", "模板"],
  "start.template_with_data": ["data included", "附带数据"],
  "start.template_without_data": ["bring your own data", "需自备数据"],
  "start.recent": ["Recent projects", "最近的项目"],
  "start.no_projects": ["No projects yet", "还没有项目"],
  "start.no_projects_text": [
    "Start with a template, which is ready to train, or with an empty canvas.",
    "可以从现成可训练的模板开始，也可以从空白画布开始。",
  ],
  "start.search": ["Search projects", "搜索项目"],
  "start.nothing_found": ["No project has “{text}” in its name.", "没有名称包含“{text}”的项目。"],
  "start.project_runs": ["{count} runs", "{count} 次运行"],
  "start.changed": ["changed {time}", "修改于 {time}"],
  "start.actions": ["Actions for {name}", "{name} 的操作"],
  "start.open_project": ["Open project {name}", "打开项目 {name}"],
  "start.open_template": ["Use template {name}", "使用模板 {name}"],
  "start.deleted": ["“{name}” was deleted.", "已删除“{name}”。"],
  "start.rename_title": ["Rename project", "重命名项目"],
  "start.interrupted": ["Interrupted runs", "中断的运行"],
  "start.interrupted_text": [
    "These runs were training when the app closed. Everything up to their last checkpoint is kept.",
    "应用关闭时这些运行仍在训练。最后一个检查点之前的内容都已保留。",
  ],
  "start.resume": ["Resume", "继续训练"],
  "start.resume_run": ["Resume {name} of {project}", "继续 {project} 的 {name}"],
  "start.run_at": ["epoch {epoch} of {epochs}", "第 {epoch} / {epochs} 轮"],
} as const satisfies Catalogue;
