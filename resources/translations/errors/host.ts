/** Texts of the host: runs, models, exports, templates, files and the app itself. */
import type { Catalogue } from "../translate.ts";

export const hostErrors = {
  "host.part_not_loaded": [
    "{part}, a part of Neuroloom that this needs, could not be loaded ({problem}). Run “npm install” in Neuroloom's folder and start it again.",
    "此操作需要 Neuroloom 的组成部分 {part}，但无法加载（{problem}）。请在 Neuroloom 的文件夹中运行“npm install”，然后重新启动。",
  ],
  "internal.fault": [
    "Something went wrong inside Neuroloom: {message}. Nothing was lost; please report it with what you did.",
    "Neuroloom 内部出错：{message}。数据没有丢失；请连同您的操作一并报告。",
  ],
  "app.closing": [
    "Neuroloom is closing: no new run is started. Start it again after reopening the app.",
    "Neuroloom 正在关闭，不再开始新的运行。请重新打开应用后再试。",
  ],
  "app.association_unsupported": [
    "On this system ({platform}) a double-click can only start a packaged app. Open project files by File › Open, by dropping them on the start page, or by npm start -- FILE.neuroloom.",
    "在此系统（{platform}）上，双击只能启动已打包的应用。请使用“文件 › 打开”、将文件拖到起始页，或运行 npm start -- 文件.neuroloom 来打开项目文件。",
  ],
  "app.association_failed": [
    "The system did not take it: {problem}. Check that you may write to your own settings, and try again.",
    "系统未接受此设置：{problem}。请检查您是否有权写入自己的设置，然后重试。",
  ],
  "app.part_missing": [
    "This part of the program could not be fetched: {problem}. Try again; if that does not help, load the window anew.",
    "无法载入程序的这一部分：{problem}。请重试；若仍不行，请重新载入窗口。",
  ],
  "app.resources_missing": [
    "The folder resources/ was not found above {folder}. Install Neuroloom again.",
    "在 {folder} 之上找不到 resources/ 文件夹。请重新安装 Neuroloom。",
  ],
  "checkpoint.does_not_fit": [
    "The checkpoint does not belong to this network: {expected} numbers were expected, {received} found. Start the run anew.",
    "检查点与此网络不符：应有 {expected} 个数，实际 {received} 个。请重新开始运行。",
  ],
  "dataset.file_missing": [
    "The stored file of the data set '{name}' is gone ({path}). Import the data again.",
    "数据集“{name}”的存储文件不见了（{path}）。请重新导入数据。",
  ],
  "engine.worker_died": [
    "The training process ended unexpectedly after step {step} ({detail}). The run and its curves are kept; resume or start it again.",
    "训练进程在第 {step} 步之后意外结束（{detail}）。运行及其曲线已保留，可以继续或重新开始。",
  ],
  "export.layer_not_said": [
    "{tool} has nothing like the layer '{name}' ({layer}). Export to the other tool, or replace the layer.",
    "{tool} 中没有与层“{name}”（{layer}）相当的东西。请导出到另一种工具，或替换该层。",
  ],
  "export.picture_too_large": [
    "The canvas is {width} × {height} pixels, too large for a PNG that can be read. Save it as SVG, or arrange the layers closer together.",
    "画布为 {width} × {height} 像素，过大，无法保存为可读的 PNG。请保存为 SVG，或将层排列得更紧凑。",
  ],
  "export.differs": [
    "The written file does not give the same predictions when it is read back (difference {difference}), so it was not exported. Check the disk and try again.",
    "写出的文件读回后预测不一致（差异 {difference}），因此没有导出。请检查磁盘后重试。",
  ],
  "file.unknown": ["There is no uploaded file '{file}'. Drop the file again.", "没有上传的文件“{file}”。请重新拖入文件。"],
  "model.altered": [
    "The model file has been changed since it was written: its checksum does not fit. Take an unchanged copy.",
    "模型文件在写出之后被改动过：校验和不符。请使用未改动的副本。",
  ],
  "model.check_failed": [
    "The stored predictions of output '{name}' do not have the size that the network gives. The file is damaged; export the model again.",
    "输出“{name}”的存储预测与网络给出的大小不符。文件已损坏，请重新导出模型。",
  ],
  "model.cut_off": [
    "The model file ends in the middle: it was not copied whole. Copy or export it again.",
    "模型文件在中途结束，没有复制完整。请重新复制或导出。",
  ],
  "model.malformed": [
    "The model file is not as it should be at '{path}': {problem}. Export the model again.",
    "模型文件在“{path}”处不符合格式：{problem}。请重新导出模型。",
  ],
  "model.newer_version": [
    "The model file is of version {received}; this Neuroloom knows version {known} and older. Update Neuroloom to read it.",
    "模型文件版本为 {received}；此 Neuroloom 只认识版本 {known} 及更早。请更新 Neuroloom。",
  ],
  "model.not_a_model": [
    "This is not a Neuroloom model file: a JSON object with format 'neuroloom-model' was expected. Choose a file exported as model JSON.",
    "这不是 Neuroloom 模型文件：应为 format 是 “neuroloom-model” 的 JSON 对象。请选择导出的模型 JSON。",
  ],
  "model.weights_missing": [
    "The model file has no weights named '{name}', which its network needs. Export the model again.",
    "模型文件缺少其网络所需的权重“{name}”。请重新导出模型。",
  ],
  "model.weights_not_finite": [
    "Weight '{name}' is not a number at index {index}: training went wrong before it was saved. Train again with a lower learning rate.",
    "权重“{name}”在第 {index} 个位置不是数：保存之前训练已经出错。请降低学习率重新训练。",
  ],
  "model.weights_unreadable": [
    "The numbers of weight '{name}' cannot be read. The file is damaged; export the model again.",
    "权重“{name}”的数值无法读取。文件已损坏，请重新导出模型。",
  ],
  "model.threshold_misfit": [
    "The file has thresholds for '{name}' that do not fit what it decides. Export the model again.",
    "文件中“{name}”的阈值与它的判断方式不符。请重新导出模型。",
  ],
  "model.weights_wrong_size": [
    "Weight '{name}' should have {expected} numbers, the file has {received}. Export the model again.",
    "权重“{name}”应有 {expected} 个数，文件中有 {received} 个。请重新导出模型。",
  ],
  "run.cannot_resume": [
    "Run '{name}' cannot go on: its status is {status}. Only paused and interrupted runs can. Start a new run.",
    "运行“{name}”不能继续：状态为 {status}。只有暂停或中断的运行可以。请开始新的运行。",
  ],
  "run.no_dataset": [
    "The data of run '{name}' are not in this library. Import the data and start a new run.",
    "运行“{name}”的数据不在此资料库中。请导入数据并开始新的运行。",
  ],
  "run.no_model": [
    "Run '{name}' has no trained model: it has not ended, or it failed. Wait for it, or choose another run.",
    "运行“{name}”没有训练好的模型：尚未结束或已失败。请等待，或选择其他运行。",
  ],
  "run.waits_for_room": [
    "Run '{name}' waits for room on the disk: make room first, then take single steps.",
    "运行“{name}”正在等待磁盘空间：请先腾出空间，再单步训练。",
  ],
  "run.ended_not_a_number": [
    "Successive halving ended it after epoch {epoch}: its “{monitor}” was not a number.",
    "逐次减半在第 {epoch} 轮后结束了它：其“{monitor}”不是数字。",
  ],
  "run.fell_behind": [
    "Successive halving ended it after epoch {epoch}: its “{monitor}” of {own} was not among the best {kept} of the {all} runs that had come as far (up to {last}).",
    "逐次减半在第 {epoch} 轮后结束了它：其“{monitor}”为 {own}，不在到达该轮的 {all} 个运行的前 {kept} 名之内（界限为 {last}）。",
  ],
  "run.no_snapshot": ["The weights of run '{name}' at epoch {epoch} were not kept.", "运行“{name}”第 {epoch} 轮的权重没有保存。"],
  "run.not_going": ["Run '{name}' is not training.", "运行“{name}”没有在训练。"],
  "run.still_going": ["Run '{name}' is still training. Stop it first.", "运行“{name}”仍在训练。请先停止。"],
  "run.surface_needs_columns": [
    "A picture over two columns needs two inputs that are columns of numbers, dates or categories; this network has {count}.",
    "两列上的图像需要两个数值、日期或类别列作为输入；此网络有 {count} 个。",
  ],
  "run.surface_needs_one_answer": [
    "This output gives several answers a row, so that there is no one picture of it.",
    "此输出每行给出多个答案，因此没有单一的图像。",
  ],
  "run.try_needs_other_rows": [
    "This network reads the rows of a series in their order: a single row tells it nothing. Ask it about a window instead.",
    "此网络按顺序读取序列的各行：单独一行没有意义。请改为询问一个窗口。",
  ],
  "run.evaluation_cancelled": ["It was cancelled before it was done.", "尚未完成即已取消。"],
  "run.no_window_there": [
    "No window ends with row {place} of the series: the first ends with row {first}, the last with row {last}.",
    "序列中没有以第 {place} 行结束的窗口：最早以第 {first} 行结束，最晚以第 {last} 行结束。",
  ],
  "run.no_such_cell": ["The window has no cell of '{column}' {back} rows back.", "窗口中没有“{column}”在 {back} 行之前的值。"],
  "run.try_needs_picture": ["Draw a picture for column '{column}' first.", "请先为列“{column}”画一张图。"],
  "run.try_picture_size": [
    "The picture has {received} pixels, the network takes {expected}. Draw it again.",
    "图片有 {received} 个像素，网络需要 {expected} 个。请重新绘制。",
  ],
  "run.unknown": [
    "There is no run '{run}'. Give the id of a run, or a folder made with --out.",
    "没有运行“{run}”。请给出运行的 id，或用 --out 生成的文件夹。",
  ],
  "template.unknown": ["There is no template '{name}'.", "没有模板“{name}”。"],
  "template.unreadable": [
    "The template '{name}' cannot be read: {problem}. Install Neuroloom again.",
    "模板“{name}”无法读取：{problem}。请重新安装 Neuroloom。",
  ],
  "cli.file_unreadable": ["The file '{file}' cannot be read: {problem}. Check the path.", "文件“{file}”无法读取：{problem}。请检查路径。"],
  "cli.library_in_use": [
    "The library {path} is open in a window or in another command, so that nothing can take its place. Quit those, then try again; nothing was changed.",
    "资料库 {path} 正被窗口或其他命令打开，无法替换。请先退出，然后重试；没有任何改动。",
  ],
  "cli.bench_too_short": [
    "The run ended before a round was measured. Let it run on, or ask for shorter rounds with --seconds.",
    "运行在测完一轮之前就结束了。请让它继续运行，或用 --seconds 缩短每轮时间。",
  ],
  "cli.no_data": ["The design brings no data of its own. Give a file with --data FILE.", "此设计没有自带数据。请用 --data FILE 指定文件。"],
} satisfies Catalogue;
