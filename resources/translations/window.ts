/** Words of the dialogs that the system shows for Neuroloom, outside the page. */
import type { Catalogue } from "./translate.ts";

export const windowTexts = {
  quit_message: ["A network is being trained.", "正在训练网络。"],
  quit_detail: [
    "Neuroloom can go on training (start it again to see the window), or save a checkpoint and quit; at the next start it offers to resume.",
    "Neuroloom 可以继续训练（再次启动即可看到窗口），也可以保存检查点并退出；下次启动时可恢复训练。",
  ],
  keep_going: ["Keep training", "继续训练"],
  checkpoint_and_quit: ["Save checkpoint and quit", "保存检查点并退出"],
  open_project_file: ["Open project file …", "打开项目文件…"],
  start_failed: ["Neuroloom cannot start", "Neuroloom 无法启动"],
} satisfies Catalogue;
