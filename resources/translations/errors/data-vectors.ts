/** Texts of word vectors: files that hold none, layers that they do not fit, and what is missing. */
import type { Catalogue } from "../translate.ts";

export const dataVectorsErrors: Catalogue = {
  "data.vectors_line": [
    "Line {line} of the word vectors should hold a word and {expected} numbers; {received} can be read. Choose a .txt or .vec file of vectors.",
    "词向量第 {line} 行应为一个词和 {expected} 个数；只能读出 {received} 个。请选择 .txt 或 .vec 词向量文件。",
  ],
  "data.vectors_none": ["The file of word vectors holds no vectors. Choose another.", "词向量文件中没有向量。请选择其他文件。"],
  "data.vectors_not_text": [
    "'{file}' is no text of word vectors: an archive, or numbers in binary form. Unpack it, or choose the .txt or .vec file.",
    "“{file}”不是文本形式的词向量：可能是压缩包或二进制文件。请先解压，或选择 .txt 或 .vec 文件。",
  ],
  "data.vectors_cancelled": ["Reading the word vectors was cancelled. Nothing changed.", "已取消读取词向量，没有任何改变。"],
  "data.vectors_gone": [
    "The word vectors of '{file}' are not in this library (the design comes from another computer, or they were deleted). Choose the file again in the layer's options, or take the vectors away.",
    "词库中没有“{file}”的词向量（设计来自另一台计算机，或已被删除）。请在该层的选项中重新选择文件，或去掉词向量。",
  ],
  "data.vectors_damaged": [
    "The kept word vectors of '{file}' are damaged. Choose the file again in the layer's options.",
    "保存的“{file}”词向量已损坏。请在该层的选项中重新选择文件。",
  ],
  "data.vectors_not_chosen": [
    "This layer starts from no word vectors. Choose a file of them.",
    "该层没有使用词向量。请选择一个词向量文件。",
  ],
  "data.vectors_without_words": [
    "No words reach '{layer}', so word vectors mean nothing to it. Prepare a text with 'Token sequence', or words with 'Embedding index', and feed the layer with that column alone.",
    "没有词到达“{layer}”，词向量对它没有意义。请用“词序列”处理文本，或用“嵌入编号”处理类别，并只把该列送入此层。",
  ],
  "data.vectors_of_two_vocabularies": [
    "'{layer}' takes words of columns that are numbered differently, so one vector cannot belong to one word. Give each column a layer of its own.",
    "“{layer}”接收的各列词编号不同，一个向量无法对应一个词。请为每一列使用单独的层。",
  ],
  "data.vectors_width": [
    "The vectors of '{file}' have {received} numbers, but '{layer}' makes {expected}. Set {option} to {received}.",
    "“{file}”的向量有 {received} 个数，而“{layer}”输出 {expected} 个。请将 {option} 设为 {received}。",
  ],
  "data.vectors_no_word_found": [
    "None of the words that reach '{layer}' has a vector in '{file}': another language, another spelling (capitals), or pieces of words. Choose other vectors, or change how the text is split.",
    "到达“{layer}”的词在“{file}”中都没有向量：可能是语言、大小写不同，或文本被切成了词片段。请换词向量或改变切分方式。",
  ],
  "data.vectors_layer": [
    "Word vectors are for a layer with a vector for each word, and the design has {count} that words reach ({layers}). Name it: --vectors LAYER=FILE.",
    "词向量用于为每个词保存向量的层，而设计中词所到达的这种层有 {count} 个（{layers}）。请指明：--vectors 层名=文件。",
  ],
};
