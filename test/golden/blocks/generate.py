"""Golden values of whole blocks, by PyTorch's own modules: python test/golden/blocks/generate.py (needs torch) writes blocks.json.

nn.MultiheadAttention, nn.TransformerEncoder and nn.TransformerDecoder are taken as they are; the modular co-attention blocks of MCAN,
which PyTorch lacks, are put together from nn.MultiheadAttention, nn.LayerNorm and nn.Linear as their paper says (arXiv 1906.10770).
Everything in float64, from a fixed seed. Weights carry our names: "<layer>/<parameter>".
"""

import json
import pathlib

import torch
from torch import nn

WIDTH, HEADS, INNER, BATCH, SEED = 8, 2, 12, 2, 20260721
generator = torch.Generator().manual_seed(SEED)


def drawn(*shape, scale=1.0):
    return (torch.randn(*shape, generator=generator, dtype=torch.float64) * scale).float().double()


def written(t):
    return {"shape": list(t.shape), "values": [float(f"{x:.12g}") for x in t.detach().reshape(-1).tolist()]}


def fill(module):
    """Every weight drawn anew: biases and normalization too, which start from zeros and ones."""
    with torch.no_grad():
        for name, p in module.named_parameters():
            p.copy_(drawn(*p.shape, scale=0.4) + (1.0 if "norm" in name and name.endswith("weight") else 0.0))
    return module


def of_attention(name, m, of):
    q, k, v = of(m.in_proj_weight).chunk(3) if m.in_proj_weight is not None else [of(w) for w in (m.q_proj_weight, m.k_proj_weight, m.v_proj_weight)]
    bq, bk, bv = of(m.in_proj_bias).chunk(3)
    pairs = {"query": (q, bq), "key": (k, bk), "value": (v, bv), "output": (of(m.out_proj.weight), of(m.out_proj.bias))}
    return {f"{name}/{part}_{kind}": t for part, (w, b) in pairs.items() for kind, t in (("kernel", w.T), ("bias", b))}


def of_linear(name, m, of):
    return {f"{name}/kernel": of(m.weight).T, f"{name}/bias": of(m.bias)}


def of_norm(name, m, of):
    return {f"{name}/gamma": of(m.weight), f"{name}/beta": of(m.bias)}


def of_feed(prefix, first, second, norm, of):
    return of_linear(f"{prefix}feed_inner", first, of) | of_linear(f"{prefix}feed_outer", second, of) | of_norm(f"{prefix}feed_norm", norm, of)


def of_encoder(m, of):
    found = {}
    for i, layer in enumerate(m.layers):
        prefix = "encoder_" if i == 0 else f"encoder_{i + 1}_"
        found |= of_attention(f"{prefix}attention", layer.self_attn, of) | of_norm(f"{prefix}attention_norm", layer.norm1, of)
        found |= of_feed(prefix, layer.linear1, layer.linear2, layer.norm2, of)
    if m.norm is not None:
        found |= of_norm("encoder_last_norm" if len(m.layers) == 1 else f"encoder_{len(m.layers)}_last_norm", m.norm, of)
    return found


def of_decoder(m, of):
    found = {}
    for i, layer in enumerate(m.layers):
        prefix = "decoder_" if i == 0 else f"decoder_{i + 1}_"
        found |= of_attention(f"{prefix}attention", layer.self_attn, of) | of_norm(f"{prefix}attention_norm", layer.norm1, of)
        found |= of_attention(f"{prefix}cross_attention", layer.multihead_attn, of) | of_norm(f"{prefix}cross_attention_norm", layer.norm2, of)
        found |= of_feed(prefix, layer.linear1, layer.linear2, layer.norm3, of)
    return found


class Unit(nn.Module):
    """A unit of modular co-attention: the attentions named, each added and normalized, then the feed-forward network."""

    def __init__(self, names):
        super().__init__()
        self.names = names
        self.attentions = nn.ModuleDict({name: nn.MultiheadAttention(WIDTH, HEADS, batch_first=True) for name in names})
        self.norms = nn.ModuleDict({name: nn.LayerNorm(WIDTH) for name in names})
        self.first, self.second, self.norm = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH), nn.LayerNorm(WIDTH)

    def forward(self, x, y=None):
        for name in self.names:
            source = y if name == "guided" else x
            x = self.norms[name](x + self.attentions[name](x, source, source, need_weights=False)[0])
        return self.norm(x + self.second(torch.relu(self.first(x))))

    def ours(self, prefix, of):
        found = of_feed(prefix, self.first, self.second, self.norm, of)
        for name in self.names:
            found |= of_attention(f"{prefix}{name}", self.attentions[name], of) | of_norm(f"{prefix}{name}_norm", self.norms[name], of)
        return found


class Mcan(nn.Module):
    def __init__(self, cascade, depth):
        super().__init__()
        self.cascade = cascade
        self.sa = nn.ModuleList([Unit(["self"]) for _ in range(depth)])
        self.sga = nn.ModuleList([Unit(["self", "guided"]) for _ in range(depth)])

    def forward(self, x, y):
        guides = []
        for unit in self.sa:
            y = unit(y)
            guides.append(y)
        for i, unit in enumerate(self.sga):
            x = unit(x, guides[i] if self.cascade == "stacking" else y)
        return x, y

    def ours(self, of):
        found = {}
        for i, (sa, sga) in enumerate(zip(self.sa, self.sga, strict=True)):
            found |= sa.ours(f"mcan_y{i + 1}_", of) | sga.ours(f"mcan_x{i + 1}_", of)
        return found


def case(name, block, options, module, inputs, call, ours):
    """Outputs of the module and the gradients of the sum of its outputs times fixed numbers."""
    inputs = [x.requires_grad_() for x in inputs]
    outputs = call(*inputs)
    outputs = list(outputs) if isinstance(outputs, tuple) else [outputs]
    weights = [drawn(*y.shape) for y in outputs]
    sum((y * w).sum() for y, w in zip(outputs, weights, strict=True)).backward()
    named = {k: written(t) for k, t in ours(lambda p: p).items()}
    assert sum(len(t["values"]) for t in named.values()) == sum(p.numel() for p in module.parameters()), name
    return {
        "name": name,
        "block": block,
        "options": options,
        "inputs": [written(x) for x in inputs],
        "weights": named,
        "output_weights": [written(w) for w in weights],
        "outputs": [written(y) for y in outputs],
        "input_gradients": [written(x.grad) for x in inputs],
        "weight_gradients": {k: written(t) for k, t in ours(lambda p: p.grad).items()},
    }


def encoder(name, depth, activation, norm_first):
    layer = nn.TransformerEncoderLayer(WIDTH, HEADS, INNER, dropout=0.0, activation=activation, batch_first=True, norm_first=norm_first)
    norm = nn.LayerNorm(WIDTH) if norm_first else None
    m = fill(nn.TransformerEncoder(layer, depth, norm=norm, enable_nested_tensor=False).double()).train()
    options = SIZES | {"depth": depth, "activation": activation, "norm_first": norm_first}
    return case(name, "encoder", options, m, [drawn(BATCH, 5, WIDTH)], m, lambda of: of_encoder(m, of))


def decoder(name, depth):
    layer = nn.TransformerDecoderLayer(WIDTH, HEADS, INNER, dropout=0.0, batch_first=True)
    m = fill(nn.TransformerDecoder(layer, depth).double()).train()
    mask = nn.Transformer.generate_square_subsequent_mask(4, dtype=torch.float64)
    inputs = [drawn(BATCH, 4, WIDTH), drawn(BATCH, 6, WIDTH)]
    return case(name, "decoder", SIZES | {"depth": depth}, m, inputs, lambda x, y: m(x, y, tgt_mask=mask), lambda of: of_decoder(m, of))


def unit(name, block, names):
    m = fill(Unit(names).double())
    inputs = [drawn(BATCH, 5, WIDTH)] + ([drawn(BATCH, 3, WIDTH)] if "guided" in names else [])
    return case(name, block, SIZES, m, inputs, m, lambda of: m.ours(f"{block}_", of))


def mcan(cascade):
    m = fill(Mcan(cascade, 2).double())
    inputs = [drawn(BATCH, 4, WIDTH), drawn(BATCH, 3, WIDTH)]
    return case(f"MCAN, {cascade}", "mcan", SIZES | {"depth": 2, "cascade": cascade}, m, inputs, m, m.ours)


def attention(name, keys, values, length):
    """One layer of ours beside nn.MultiheadAttention."""
    m = fill(nn.MultiheadAttention(WIDTH, HEADS, kdim=keys, vdim=values, batch_first=True).double())
    inputs = [drawn(BATCH, 4, WIDTH), drawn(BATCH, length, values), drawn(BATCH, length, keys)]
    config = {"num_heads": HEADS, "key_dim": WIDTH // HEADS}
    return case(name, None, config, m, inputs, lambda q, v, k: m(q, k, v, need_weights=False)[0], lambda of: of_attention("attention", m, of))


SIZES = {"width": WIDTH, "num_heads": HEADS, "feed_forward": INNER, "dropout": 0}
cases = [
    attention("nn.MultiheadAttention", WIDTH, WIDTH, 5),
    attention("nn.MultiheadAttention, keys and values of other widths", 5, 6, 7),
    encoder("nn.TransformerEncoder, 1 layer", 1, "relu", False),
    encoder("nn.TransformerEncoder, 2 layers, gelu, normalization first", 2, "gelu", True),
    decoder("nn.TransformerDecoder, 2 layers", 2),
    unit("SA", "sa", ["self"]),
    unit("GA", "ga", ["guided"]),
    unit("SGA", "sga", ["self", "guided"]),
    mcan("encoder_decoder"),
    mcan("stacking"),
]
origin = {"library": f"PyTorch {torch.__version__}", "script": "test/golden/blocks/generate.py", "seed": SEED}
text = ",\n".join(json.dumps(one) for one in cases)
path = pathlib.Path(__file__).with_name("blocks.json")
path.write_text('{\n"origin": ' + json.dumps(origin) + ',\n"cases": [\n' + text + "\n]\n}\n")
