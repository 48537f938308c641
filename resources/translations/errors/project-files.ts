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
    "'{file}' is damaged: it was cut off, or parts of it were overwritten. Nothing was taken over. Copy the file again, or have it saved anew. (Detail: {detail})",
    "“{file}”已损坏：文件不完整，或部分内容被改写。没有导入任何内容。请重新复制该文件，或请对方重新保存。（技术细节：{detail}）",
  ],
  "project_file.wrong_tables": [
    "'{file}' is damaged or was changed by another program: its tables are not those of a project file. Nothing was taken over. Copy the file again, or have it saved anew.",
    "“{file}”已损坏或被其他程序改动：其中的表不是项目文件应有的表。没有导入任何内容。请重新复制该文件，或请对方重新保存。",
  ],
  "project_file.wrong_head": [
    "'{file}' is damaged: what it says of itself (its version and its project) cannot be read or does not fit what it holds. Nothing was taken over. Copy the file again, or have it saved anew.",
    "“{file}”已损坏：文件对自身的说明（版本和项目）无法读取，或与内容不符。没有导入任何内容。请重新复制该文件，或请对方重新保存。",
  ],
  "project_file.lost_row": [
    "'{file}' is damaged: a row of its table '{table}' belongs to a row of '{parent}' that is missing. Nothing was taken over. Copy the file again, or have it saved anew.",
    "“{file}”已损坏：表“{table}”中有一行所属的“{parent}”行已丢失。没有导入任何内容。请重新复制该文件，或请对方重新保存。",
  ],
  "project_file.changed_part": [
    "'{file}' is damaged: a part of it is not what was saved ({part}). Nothing was taken over. Copy the file again, or have it saved anew.",
    "“{file}”已损坏：其中一部分与保存时不同（{part}）。没有导入任何内容。请重新复制该文件，或请对方重新保存。",
  ],
  "project_file.unreadable": [
    "'{file}' cannot be read. Check that it is there and that you may read it. (Detail: {problem})",
    "“{file}”无法读取。请检查文件是否存在以及是否有读取权限。（技术细节：{problem}）",
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
