/** Words of the data screen for looking into tables: pasting, sheets, searching and filtering rows, plots of columns, effects of steps. */
import type { Catalogue } from "../translate.ts";

export const dataLookTexts = {
  "data.paste": ["Paste a table", "粘贴表格"],
  "data.paste_keys": [
    "Ctrl+V: cells copied from a spreadsheet, a table of a web page, or CSV text",
    "Ctrl+V：从电子表格复制的单元格、网页中的表格或 CSV 文本",
  ],
  "data.pasted_name": ["Pasted table", "粘贴的表格"],
  "data.sheet": ["Sheet", "工作表"],

  "baselines.start": ["Baselines", "基线"],
  "baselines.help": [
    "Computes what textbooks would try first on this data (majority or mean, linear or logistic regression, trees, neighbours …), as runs to compare with",
    "用教科书中的基本方法（多数类或均值、线性或逻辑回归、决策树、最近邻等）计算此数据，作为可比较的运行",
  ],
  "baselines.no_data": ["Choose data for this project first.", "请先为此项目选择数据。"],
  "baselines.cancel": ["Cancel {count} baselines", "取消 {count} 个基线"],

  "weights.steps": ["Weight of each step back", "每一步回溯的权重"],
  "weights.steps_text": [
    "What each earlier value adds to the one that is foretold, the nearest first; up is plus. Values are as they go in, after the steps of preparation.",
    "每个先前的值对预测值的贡献，最近的在前；向上为正。数值为预处理之后的输入。",
  ],
  "weights.steps_of": ["Weights of {column} by step back", "{column} 各回溯步的权重"],
  "weights.step_back": ["{back} back: {weight}", "回溯 {back} 步：{weight}"],

  "charts.part.test": ["test", "测试"],
  "data.split_test": ["Kept aside for a test", "留作测试"],
  "data.split_test_help": [
    "Neither trained nor validated on: evaluated once, when all choices are made. Empty: none.",
    "既不训练也不验证：在所有选择完成之后才评估一次。留空表示不留。",
  ],
  "data.split_test_wrong": ["More than 0, and less than 100 together with validation", "大于 0，且与验证比例之和小于 100"],
  "data.rows_test": ["test", "测试"],
  "data.rows_filtered": ["{count} rows are left out by the filter.", "{count} 行被筛选条件去掉。"],

  "data.effect": ["Before and after", "前后对比"],
  "data.effect_busy": ["Trying the step…", "正在试运行此步骤…"],
  "data.effect_before": ["before", "之前"],
  "data.effect_after": ["after", "之后"],
  "data.effect_dropped": ["left out", "已去掉"],
  "data.effect_missing": ["{count} missing", "缺失 {count} 个"],
  "data.effect_rows": [
    "Learnt here from the first {count} rows; training learns from the training rows.",
    "此处由前 {count} 行得出；训练时只用训练行。",
  ],

  "data.tab_plots": ["Plots", "图"],
  "data.coloured_by": ["Coloured by", "着色依据"],
  "data.coloured_by_none": ["nothing", "不着色"],
  "data.plots_filtered": ["rows that are learnt from", "仅训练所用的行"],
  "data.plots_need_numbers": ["Plots need at least two columns of numbers that vary.", "作图至少需要两个有变化的数值列。"],
  "data.plots_busy": ["Reading the rows…", "正在读取各行…"],
  "data.pairs": ["Pairs of columns", "两两对照"],
  "data.pairs_help": ["Choose two to six columns of numbers in the table to see those.", "在表中选择二至六个数值列即可查看。"],
  "data.pair_of": ["{y} over {x}", "{y} 对 {x}"],
  "data.principal": ["Principal components", "主成分"],
  "data.principal_help": [
    "{count} standardised columns of numbers, seen along the two directions in which they vary most. Missing values count as the mean.",
    "{count} 个标准化数值列，沿变化最大的两个方向观察。缺失值按均值处理。",
  ],
  "data.principal_shares": ["Share of the variance explained", "解释方差比例"],
  "data.principal_weights": ["Weights in the first two", "前两个主成分的权重"],
  "data.component": ["Component {number}", "成分 {number}"],
  "data.points_drawn": ["{count} rows drawn", "绘出 {count} 行"],
  "data.correlation": ["Goes with target", "与目标的相关"],
  "data.correlation_r": ["Pearson's r with {target}: {value}", "与 {target} 的皮尔逊相关系数 r：{value}"],
  "data.correlation_eta": ["Correlation ratio η with {target}: {value}", "与 {target} 的相关比 η：{value}"],
  "data.correlation_v": ["Cramér's V with {target}: {value}", "与 {target} 的克拉默 V：{value}"],

  "data.search_rows": ["Search all cells", "搜索所有单元格"],
  "data.filter": ["Filter rows by a condition", "按条件筛选行"],
  "data.filter_example": ["Filter: age > 30 and sex = 'male'", "筛选：age > 30 and sex = 'male'"],
  "data.filter_help": [
    "=, <>, <, >, <=, >=, and, or, not, in (…), between … and …, is missing, like 'a%', contains 'a', + − * /, abs, length, lower, upper. Texts in 'single quotes', column names with blanks in \"double quotes\".",
    "=、<>、<、>、<=、>=、and、or、not、in (…)、between … and …、is missing、like 'a%'、contains 'a'、+ − * /、abs、length、lower、upper。文本用 '单引号'，带空格的列名用 \"双引号\"。",
  ],
  "data.filter_learn": ["Learn from these rows only", "只用这些行训练"],
  "data.filter_learn_help": [
    "The other rows are left out of training, validation and test. Kept with the design; predictions are still made for every row.",
    "其余行不参与训练、验证和测试。随设计一起保存；预测仍对每一行进行。",
  ],
  "data.filter_learnt": ["Learns from rows with", "训练所用的行："],
  "data.filter_left_out": ["{count} rows left out", "去掉 {count} 行"],
  "data.filter_remove": ["Learn from all rows again", "重新使用所有行"],
  "data.act_filter": ["Learn from rows with {filter}", "只用满足 {filter} 的行"],
  "data.act_filter_removed": ["Learn from all rows", "使用所有行"],
  "data.rows_found": ["{shown} of {all} rows", "{shown} / {all} 行"],
  "data.rows_none": ["No row fits.", "没有符合的行。"],
  "data.sort_by": [
    "{column}: click to sort, again for the other way, again for the order of the file",
    "{column}：点击排序，再点反向，再点恢复文件顺序",
  ],
} as const satisfies Catalogue;
