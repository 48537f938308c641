/** Errors of project files (.neuroloom): main/store/project-file. */
import type { Catalogue } from "../translate.ts";

export const projectFileErrors = {
  "project_file.not_a_project": [
    "'{file}' is not a Neuroloom project. Choose a file that was saved as .neuroloom.",
    "“{file}”不是 Neuroloom 项目。请选择保存为 .neuroloom 的文件。",
  ],
  "project_file.newer_version": [
    "'{file}' was written by a newer Neuroloom ({written_by}). Update Neuroloom to open it; nothing was taken over.",
    "“{file}”由更新版本的 Neuroloom（{written_by}）写出。请更新 Neuroloom 后再打开；没有导入任何内容。",
  ],
  "project_file.broken": [
    "'{file}' is damaged ({detail}). Nothing was taken over. Copy the file again, or have it saved anew.",
    "“{file}”已损坏（{detail}）。没有导入任何内容。请重新复制该文件，或请对方重新保存。",
  ],
  "project_file.unreadable": [
    "'{file}' cannot be read: {problem}. Check that it is there and that you may read it.",
    "“{file}”无法读取：{problem}。请检查文件是否存在以及是否有读取权限。",
  ],
  "project_file.cancelled": ["Cancelled. Nothing was changed.", "已取消，没有任何改动。"],
  "project_file.several": [
    "Several projects are called '{name}': give an id instead ({ids}).",
    "有多个项目名为“{name}”：请改用 id（{ids}）。",
  ],
  "project_file.known_already": [
    "The project of this file is in your library already, as '{name}'. Open that one, or take the file over as a copy.",
    "此文件中的项目已在您的资料库中，名为“{name}”。请打开它，或将文件作为副本导入。",
  ],
} satisfies Catalogue;
