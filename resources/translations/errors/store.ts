/** Texts of the errors of main/store: what is wrong with the library file, and with what was asked of it. */
import type { Catalogue } from "../translate.ts";

export const storeErrors = {
  "store.node_too_old": [
    "The library needs Node {needed} or newer, but this is Node {found}. Start the program with `npm start`, which brings its own Node, or install a newer one.",
    "数据库需要 Node {needed} 或更高版本，当前为 Node {found}。请用 `npm start` 启动（自带 Node），或安装更新的版本。",
  ],
  "store.driver_failed": [
    "The database driver could not be loaded. Run `npm install` again on this machine. (Detail: {detail})",
    "无法加载数据库驱动。请在本机重新运行 `npm install`。（技术细节：{detail}）",
  ],
  "store.backup_cancelled": ["Cancelled. Nothing was changed.", "已取消，没有任何改动。"],
  "store.cannot_open": [
    "The library {path} cannot be opened. Check that its folder exists and is a folder this program may use. (Detail: {detail})",
    "无法打开数据库 {path}。请检查所在文件夹是否存在，以及本程序是否有权使用。（技术细节：{detail}）",
  ],
  "store.not_a_database": [
    "{path} is not a library: it is not a database file. It was left as it is; move it away or choose another folder with NEUROLOOM_HOME.",
    "{path} 不是数据库文件。文件未作改动；请将其移走，或用 NEUROLOOM_HOME 指定其他文件夹。",
  ],
  "store.foreign_database": [
    "{path} is a database of another program (expected application id {expected}, received {received}). It was left as it is; move it away or choose another folder with NEUROLOOM_HOME.",
    "{path} 是其他程序的数据库（应用标识应为 {expected}，实际为 {received}）。文件未作改动；请将其移走，或用 NEUROLOOM_HOME 指定其他文件夹。",
  ],
  "store.newer_version": [
    "The library {path} was written by a newer version of the program (schema {found}; this one knows up to {known}). It was left as it is; update the program to open it.",
    "数据库 {path} 由更新版本的程序写入（结构版本 {found}，本程序最高支持 {known}）。文件未作改动；请更新程序后再打开。",
  ],
  "store.corrupt": [
    "The library {path} is damaged: it was cut off, or parts of it were overwritten. It was left as it is. Keep a copy of the file, then put a backup in its place or move it away to start with an empty library. (Detail: {detail})",
    "数据库 {path} 已损坏：文件不完整，或部分内容被改写。文件未作改动。请先保留副本，再用备份替换，或将其移走以新建空库。（技术细节：{detail}）",
  ],
  "store.damaged_artifact": [
    "The stored {kind} of run {run} is damaged: expected SHA-256 {expected}, received {received}. Resume from another checkpoint or train the run again.",
    "训练 {run} 保存的 {kind} 已损坏：SHA-256 应为 {expected}，实际为 {received}。请从其他检查点继续，或重新训练。",
  ],
  "store.bad_row": [
    "The library {path} holds a row that cannot be read: {table} {row}. It was left as it is; put a backup in place of the library, or report this if the file was never damaged. (Detail: {detail})",
    "数据库 {path} 中有一行无法读取：{table} {row}。该行未作改动；请用备份替换数据库，若文件从未损坏请反馈。（技术细节：{detail}）",
  ],
  "store.read_only": [
    "The library {path} cannot be written: the file or its folder is read-only. Allow writing to both, or choose another folder with NEUROLOOM_HOME.",
    "无法写入数据库 {path}：文件或其所在文件夹为只读。请允许写入两者，或用 NEUROLOOM_HOME 指定其他文件夹。",
  ],
  "store.locked": [
    "The library {path} is in use by another program, which did not let go of it in {milliseconds} ms. Close the other program or wait until it is done, then try again. Nothing was changed.",
    "数据库 {path} 正被其他程序占用，等待 {milliseconds} 毫秒后仍未释放。请关闭该程序或等其完成后重试。未作任何改动。",
  ],
  "store.disk_full": [
    "The library {path} cannot grow: the disk is full, or a quota or a limit on file size is reached ({detail}). Nothing that was saved is lost; make room and try again.",
    "数据库 {path} 无法继续写入：磁盘已满，或达到配额或文件大小上限（{detail}）。已保存的内容没有丢失；请清理空间后重试。",
  ],
  "store.backup_onto_itself": [
    "{path} is the library itself: a backup would take its place. Choose another file.",
    "{path} 就是数据库本身，备份会将其覆盖。请选择其他文件。",
  ],
  "store.input_output": [
    "Reading or writing the library {path} failed. Check the drive; what was saved before is not changed by this. (Detail: {detail})",
    "读写数据库 {path} 失败。请检查磁盘；此前保存的内容不受影响。（技术细节：{detail}）",
  ],
  "store.constraint": [
    "The library {path} refused a change that contradicts what it holds. Nothing was changed; this is a fault of the program, please report it. (Detail: {detail})",
    "数据库 {path} 拒绝了与已有内容矛盾的改动。未作任何改动；这是程序的错误，请反馈。（技术细节：{detail}）",
  ],
  "store.closed": [
    "The library {path} is already closed. Open the program again to go on.",
    "数据库 {path} 已关闭。请重新打开程序后继续。",
  ],
  "store.fault": [
    "The library {path} answered with an error that is not known here. Nothing was changed; please report it. (Detail: {detail})",
    "数据库 {path} 返回了未知错误。未作任何改动；请反馈。（技术细节：{detail}）",
  ],
  "project.not_found": [
    "There is no project {id}. It may have been deleted; choose one from the list of projects.",
    "找不到项目 {id}，可能已被删除。请从项目列表中选择。",
  ],
  "project.version_not_found": [
    "There is no version with the id '{id}' in this project; it may have been thinned out.",
    "此项目中没有 id 为“{id}”的版本，可能已被清理。",
  ],
  "project.stale": [
    "Project '{name}' was saved elsewhere in the meantime: expected revision {expected}, received {received}. Nothing was overwritten; open the project again, or keep this design as a copy.",
    "项目“{name}”已在别处保存：当前修订为 {expected}，收到的是 {received}。没有覆盖任何内容；请重新打开项目，或将此设计另存为副本。",
  ],
  "dataset.not_found": [
    "There is no data set {id}. It may have been deleted; choose another or import the file again.",
    "找不到数据集 {id}，可能已被删除。请选择其他数据集，或重新导入文件。",
  ],
  "run.group_not_found": [
    "This group of runs is not in the library any more: it was deleted, perhaps in another window.",
    "资料库中已没有这个运行组：它可能已在另一个窗口中被删除。",
  ],
  "run.not_found": [
    "There is no run {id}. It may have been deleted; choose one from the list of runs.",
    "找不到训练 {id}，可能已被删除。请从训练列表中选择。",
  ],
  "run.taken": [
    "Run '{name}' is already going in process {process}. Watch it there, or stop it before resuming it here.",
    "训练“{name}”已在进程 {process} 中进行。请在那里查看，或先停止再从这里继续。",
  ],
} satisfies Catalogue;
