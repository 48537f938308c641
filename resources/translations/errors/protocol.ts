/** Errors of the contract and of the ways that carry it: window, browser, files that come in and go out. */
import type { Catalogue } from "../translate.ts";

export const protocolErrors = {
  "protocol.bad_envelope": [
    "A message between the window and Neuroloom's engine could not be read ({path}: {problem}). Reload the window; if it happens again, please report it.",
    "窗口与 Neuroloom 引擎之间的一条消息无法读取（{path}：{problem}）。请重新加载窗口；若再次出现，请报告此问题。",
  ],
  "protocol.too_large": [
    "A message has {characters} characters; at most {limit} can be sent at once. Make the design smaller, or export it as a file.",
    "一条消息有 {characters} 个字符，一次最多可发送 {limit} 个。请缩小设计，或将其导出为文件。",
  ],
  "protocol.unknown_method": [
    "The window asked for “{method}”, which this Neuroloom does not know. Reload the window, so that both are of the same version.",
    "窗口请求了“{method}”，当前的 Neuroloom 不认识它。请重新加载窗口，使两者版本一致。",
  ],
  "protocol.unknown_event": [
    "Neuroloom's engine sent “{event}”, which this window does not know. Reload the window, so that both are of the same version.",
    "Neuroloom 引擎发来“{event}”，此窗口不认识它。请重新加载窗口，使两者版本一致。",
  ],
  "protocol.bad_input": [
    "“{method}” was refused: {path} is not as it must be ({problem}). Correct that value and try again.",
    "“{method}”被拒绝：{path} 不符合要求（{problem}）。请更正该值后重试。",
  ],
  "protocol.bad_output": [
    "The answer to “{method}” is broken at {path} ({problem}). This is a fault of Neuroloom; please report it.",
    "“{method}”的回答在 {path} 处有误（{problem}）。这是 Neuroloom 的错误，请报告。",
  ],
  "protocol.bad_event": [
    "The message “{event}” is broken at {path} ({problem}). This is a fault of Neuroloom; please report it.",
    "消息“{event}”在 {path} 处有误（{problem}）。这是 Neuroloom 的错误，请报告。",
  ],
  "protocol.too_many_calls": [
    "More than {limit} requests are under way at once. Wait until some are done and try again.",
    "同时进行的请求超过 {limit} 个。请等待部分完成后重试。",
  ],
  "protocol.host_gone": [
    "Neuroloom's engine cannot be reached any more ({reason}). What was saved is safe. Start Neuroloom again, or reload this window if it still runs.",
    "已无法连接 Neuroloom 引擎（{reason}）。已保存的内容是安全的。请重新启动 Neuroloom；若它仍在运行，请重新加载此窗口。",
  ],
  "protocol.wrong_host": [
    "This address belongs to Neuroloom at {expected}, but it was asked for as “{received}”. Open the address that Neuroloom printed when it started.",
    "此地址属于 {expected} 的 Neuroloom，但请求使用的是“{received}”。请打开 Neuroloom 启动时显示的地址。",
  ],
  "protocol.wrong_origin": [
    "Only pages of {expected} may use this Neuroloom; the request came from “{received}”. Open the address that Neuroloom printed when it started.",
    "只有 {expected} 的页面可以使用此 Neuroloom；请求来自“{received}”。请打开 Neuroloom 启动时显示的地址。",
  ],
  "protocol.wrong_token": [
    "This page does not know the key of the Neuroloom that runs now: it was started anew, or the link was used already. Open the address that Neuroloom printed when it started.",
    "此页面没有当前运行的 Neuroloom 的密钥：它已重新启动，或链接已被使用。请打开 Neuroloom 启动时显示的地址。",
  ],
  "protocol.not_found": [
    "There is nothing at “{path}”. Go back to the start page of Neuroloom.",
    "“{path}”处没有内容。请返回 Neuroloom 的起始页。",
  ],
  "protocol.wrong_verb": [
    "This address takes {expected}, received {verb}. Use Neuroloom's own window instead of other programs.",
    "此地址接受 {expected}，收到的是 {verb}。请使用 Neuroloom 自己的窗口，而非其他程序。",
  ],
  "protocol.upload_too_large": [
    "The file is larger than {limit_mb} MB, the largest that is taken. Make it smaller, for example by removing columns.",
    "文件超过 {limit_mb} MB 的上限。请缩小文件，例如删除一些列。",
  ],
  "protocol.upload_disk_full": [
    "The disk is too full for this file: {needed_mb} MB are needed, {free_mb} MB are free. Free some space and try again.",
    "磁盘空间不足以存放此文件：需要 {needed_mb} MB，剩余 {free_mb} MB。请释放空间后重试。",
  ],
  "protocol.upload_cut_off": [
    "The file did not arrive whole: the upload was cut off or cancelled. Drop the file again.",
    "文件未完整到达：上传中断或被取消。请重新拖入文件。",
  ],
  "protocol.file_not_on_disk": [
    "“{name}” is not a file on this computer's disk. Save it to a folder first and drop it from there.",
    "“{name}”不是此计算机磁盘上的文件。请先将其保存到文件夹，再从那里拖入。",
  ],
  "protocol.download_gone": ["“{name}” is no longer held ready. Export it again.", "“{name}”已不再保留。请重新导出。"],
  "protocol.save_failed": [
    "“{name}” could not be saved to the chosen place: {problem}. Choose another folder or free some space.",
    "无法将“{name}”保存到所选位置：{problem}。请选择其他文件夹或释放空间。",
  ],
  "protocol.home_unusable": [
    "Neuroloom's folder {folder} cannot be made or opened: {problem}. Correct its permissions, or name another with --home or NEUROLOOM_HOME.",
    "无法创建或打开 Neuroloom 的文件夹 {folder}：{problem}。请更正其权限，或用 --home 或 NEUROLOOM_HOME 指定其他文件夹。",
  ],
  "protocol.port_unusable": [
    "Port {port} of 127.0.0.1 cannot be used: {problem}. Choose another with --port, or leave it out for one that is free.",
    "无法使用 127.0.0.1 的端口 {port}：{problem}。请用 --port 选择其他端口，或省略该选项以使用空闲端口。",
  ],
  "protocol.renderer_missing": [
    "The built pages of Neuroloom are not in {folder}. Run: npm run build",
    "{folder} 中没有 Neuroloom 的已构建页面。请运行：npm run build",
  ],
} satisfies Catalogue;
