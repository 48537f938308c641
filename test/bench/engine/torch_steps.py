"""Training steps of networks.ts in PyTorch, as its users write them. A line `NAME SECONDS THREADS` on stdin is answered by the median milliseconds of a step."""
import sys
import time

import torch
from torch import nn
from torch.nn import functional


class Recurrent(nn.Module):
    def __init__(self, cell, features, units):
        super().__init__()
        self.cell = cell(features, units, batch_first=True)
        self.value = nn.Linear(units, 1)

    def forward(self, x):
        return self.value(self.cell(x)[0][:, -1])


class TextConvolution(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.words = nn.Embedding(10_000, 128)
        self.windows = nn.ModuleList([nn.Conv1d(128, 100, width) for width in (3, 4, 5)])
        self.drop = nn.Dropout(rate) if rate else nn.Identity()
        self.classes = nn.Linear(300, 2)

    def forward(self, x):
        words = self.words(x).transpose(1, 2)
        return self.classes(self.drop(torch.cat([functional.relu(c(words)).amax(2) for c in self.windows], 1)))


class Encoder(nn.Module):
    def __init__(self, rate):
        super().__init__()
        layer = nn.TransformerEncoderLayer(64, 4, 256, dropout=rate, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2)
        self.classes = nn.Linear(64, 10)

    def forward(self, x):
        return self.classes(self.encoder(x).mean(1))


def tabular(rate):
    drop = [nn.Dropout(rate)] if rate else []
    block = lambda width: [nn.Linear(width, 256), nn.ReLU(), nn.BatchNorm1d(256), *drop]
    return nn.Sequential(nn.BatchNorm1d(63), *block(63), *block(256), nn.Linear(256, 1))


def dense(sizes, activation):
    layers = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        layers += [nn.Linear(a, b)] + ([activation()] if i < len(sizes) - 2 else [])
    return nn.Sequential(*layers)


def convolution():
    parts = [nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
    return nn.Sequential(*parts, nn.Linear(800, 128), nn.ReLU(), nn.Linear(128, 10))


def binary(batch):
    return torch.randn(20, batch, 63), torch.randint(0, 2, (20, batch, 1)).float(), nn.BCEWithLogitsLoss(), "adam"


def classes(shape, batch, count, batches=20):
    return torch.randn(batches, batch, *shape), torch.randint(0, count, (batches, batch)), nn.CrossEntropyLoss(), "adam"


def waves(steps, features, batch):
    phase = torch.rand(20, batch, 1, 1) * 6.28
    t = torch.arange(steps + 1).view(1, 1, -1, 1)
    values = torch.sin(phase + t * 0.2 * (1 + torch.arange(features) * 0.1))
    return values[:, :, :-1].contiguous(), values[:, :, -1, :1].contiguous(), nn.MSELoss(), "adam"


def tokens():
    x = torch.randint(0, 10_000, (20, 64, 64))
    return x, (x.sum(-1) > 64 * 5000).long(), nn.CrossEntropyLoss(), "adam"


def signs():
    x = torch.randn(20, 10, 2)
    return x, torch.sign(x[..., :1] * x[..., 1:]), nn.MSELoss(), "sgd"


NETWORKS = {
    "W1": lambda: (dense([784, 128, 64, 10], nn.ReLU), *classes((784,), 64, 10)),
    "W2": lambda: (tabular(0.3), *binary(512)),
    "W2d0": lambda: (tabular(0), *binary(512)),
    "W3": lambda: (convolution(), *classes((1, 28, 28), 64, 10)),
    "W4": lambda: (Recurrent(nn.LSTM, 1, 50), *waves(50, 1, 32)),
    "W4b": lambda: (Recurrent(nn.GRU, 8, 64), *waves(100, 8, 64)),
    "W5": lambda: (TextConvolution(0.5), *tokens()),
    "W5d0": lambda: (TextConvolution(0), *tokens()),
    "W6": lambda: (Encoder(0.1), *classes((64, 64), 32, 10)),
    "W6d0": lambda: (Encoder(0.0), *classes((64, 64), 32, 10)),
    "W7": lambda: (nn.Sequential(dense([2, 8, 8, 1], nn.Tanh), nn.Tanh()), *signs()),
    "W8": lambda: (dense([1024, 2048, 2048, 1000], nn.ReLU), *classes((1024,), 256, 1000, 4)),
}
made = {}


def stepper(name):
    torch.manual_seed(0)
    model, x, y, loss_of, kind = NETWORKS[name]()
    model.train()
    optimizer = torch.optim.Adam(model.parameters(), 1e-3) if kind == "adam" else torch.optim.SGD(model.parameters(), 0.03)

    def step(i):
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(x[i % len(x)]), y[i % len(x)])
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


print(torch.__version__, flush=True)
for line in sys.stdin:
    name, seconds, threads = line.split()
    torch.set_num_threads(int(threads))
    if name not in made:
        made[name] = stepper(name)
    # The first steps after another network, or with another number of threads, are not like the rest.
    for i in range(3):
        made[name](i)
    times, start = [], time.perf_counter()
    while time.perf_counter() - start < float(seconds) or len(times) < 3:
        before = time.perf_counter()
        made[name](len(times))
        times.append((time.perf_counter() - before) * 1e3)
    print(sorted(times)[len(times) // 2], flush=True)
