/** Words of the data screen for what is no plain table: pictures, texts, time series, and the list of all steps. */
import type { Catalogue } from "../translate.ts";

export const dataKindsTexts = {
  "data.open_folder": ["Open a folder of pictures…", "打开图片文件夹…"],
  "data.too_many_files": [
    "One file at a time, or the two of a set of pictures (pictures and labels). {count} were given.",
    "一次只能处理一个文件，或一组图片的两个文件（图片与标签）。收到了 {count} 个。",
  ],

  "data.tab_pictures": ["Pictures", "图片"],
  "data.wall": ["Pictures by class", "按类别查看图片"],
  "data.wall_by": ["Grouped by", "分组依据"],
  "data.wall_all": ["all pictures", "所有图片"],
  "data.wall_more": ["More of each", "每类更多"],
  "data.picture_named": ["Picture {row}: {label}", "图片 {row}：{label}"],
  "data.picture_unreadable": ["This picture cannot be shown.", "无法显示此图片。"],

  "data.content_step": ["Becomes numbers by", "变为数值的方式"],
  "data.content_none_help": ["Without such a step the network cannot use this column.", "没有这样的步骤，网络无法使用此列。"],

  "data.samples": ["As the step sees it", "步骤所见"],
  "data.samples_lengths": [
    "Tokens of the first {count} texts: {mean} on average, {most} at most.",
    "前 {count} 条文本的词数：平均 {mean}，最多 {most}。",
  ],
  "data.steps": ["Steps", "步骤"],
  "data.steps_help": [
    "Run from top to bottom, learnt from the training rows only. Drag a step, or press Alt with an arrow, to move it.",
    "自上而下运行，只从训练行中学习。可拖动步骤，或按 Alt 加方向键移动。",
  ],
  "data.steps_none": ["Nothing is prepared: columns go in as they are.", "未做任何预处理：各列原样输入。"],
  "data.steps_choose": ["Choose columns in the table to add a step for them.", "请在表中选择列，再为其添加步骤。"],
  "data.steps_no_fit": ["No step fits all the chosen columns together.", "没有同时适用于所有所选列的步骤。"],
  "data.steps_add": ["Add a step for {columns}…", "为 {columns} 添加步骤…"],
  "data.step_named": ["Step {place}: {step}", "步骤 {place}：{step}"],
  "data.step_keys": ["Alt+↑ and Alt+↓ move the step", "Alt+↑、Alt+↓ 移动步骤"],
  "data.step_remove": ["Remove {step}", "移除{step}"],
  "data.step_unknown": [
    "This step belongs to another version of Neuroloom. It is kept as it is, but cannot be run here.",
    "此步骤属于其他版本的 Neuroloom，会原样保留，但无法在此运行。",
  ],
  "data.step_column_remove": ["Leave {column} out of this step", "从此步骤中去掉 {column}"],
  "data.step_column_add": ["Add a column…", "添加列…"],
  "data.act_step_add": ["Add {step}", "添加{step}"],
  "data.act_step_remove": ["Remove {step}", "移除{step}"],
  "data.act_step_move": ["Move {step}", "移动{step}"],
  "data.act_step_option": ["Change {step}", "修改{step}"],

  "data.window": ["Learn from earlier rows", "从先前的行学习"],
  "data.window_help": [
    "For time series: what comes in are the values of the rows before, and the last rows are held out.",
    "用于时间序列：输入为先前各行的值，并留出最后的行。",
  ],
  "data.window_length": ["Rows back", "回看行数"],
  "data.window_horizon": ["Rows ahead", "预测步长"],
  "data.window_rows_wrong": ["A whole number from 1 to {most} is needed.", "请输入 1 到 {most} 的整数。"],
  "data.window_columns": ["Past values of", "先前的值取自"],
  "data.window_order": ["In the order of", "排序依据"],
  "data.window_as_file": ["the rows of the file", "文件中的行序"],
  "data.act_window": ["Learn from earlier rows", "从先前的行学习"],
  "data.series_label": ["{column} over {rows} rows, the last {held} % held out", "{column}，共 {rows} 行，留出最后 {held}%"],
  "data.series_gaps": [
    "{count} gaps in the dates: more than the usual {days} days from one row to the next. Rows there stand for the wrong time.",
    "日期有 {count} 处间断：相邻两行超过通常的 {days} 天，那里的行对应的时间不准。",
  ],
  "data.series_repeated": ["{count} rows have the date of the row before.", "{count} 行与前一行日期相同。"],
  "data.series_missing": ["{count} values of {column} are missing.", "{column} 缺失 {count} 个值。"],
} as const satisfies Catalogue;
