"""Byte pairs as the package `tokenizers` (0.21 or newer) learns and applies them: writes byte_pair.json.

Run: python test/golden/data/generate_byte_pair.py
Texts are parted by white space before the package sees them, as core/steps/byte-pair.ts does it.
"""

import json
import pathlib
import random

import tokenizers
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

PLAIN = [
    "low low low low low lower lower newest newest newest newest newest newest widest widest widest",
    "the newest widest river flows lower, lower than the oldest low river",
    "aaaa aaa aaaaa banana bananas ananas",
    "深度 学习 深度 学习 网络 深度",
    "naïve café 😀 😀😀",
]
rng = random.Random(4)
syllables = ["ka", "to", "mi", "ra", "ne", "so", "li", "pe", "du", "an"]
words = ["".join(rng.choice(syllables) for _ in range(rng.randint(1, 5))) for _ in range(200)]
DRAWN = [" ".join(rng.choices(words, weights=range(len(words), 0, -1), k=30)) for _ in range(60)]

cases = []
for name, texts, size in [("plain", PLAIN, 60), ("plain, every merge", PLAIN, 1000), ("drawn", DRAWN, 150), ("drawn, every merge", DRAWN, 3000)]:
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=["[PAD]", "[UNK]"], show_progress=False)
    tokenizer.train_from_iterator([" ".join(text.split()) for text in texts], trainer)
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    asked = [*texts[:10], "lowest bananas unseen Ω 😀x", "kato mira nesoli xx"]
    cases.append(
        {
            "name": name,
            "texts": texts,
            "vocabulary": size,
            "tokens": [token for token, _ in vocabulary[2:]],
            "asked": asked,
            "numbers": [tokenizer.encode(" ".join(text.split())).ids for text in asked],
        }
    )

target = pathlib.Path(__file__).with_name("byte_pair.json")
target.write_text(json.dumps({"package": f"tokenizers {tokenizers.__version__}", "cases": cases}, ensure_ascii=False, indent=1) + "\n")
