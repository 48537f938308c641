"""Training steps of networks.ts in PyTorch, on request: a line `NAME SECONDS` on stdin is answered by the median milliseconds of a step."""
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 1)


def tabular(rate):
    drop = [nn.Dropout(rate)] if rate else []
    return nn.Sequential(nn.BatchNorm1d(63), nn.Linear(63, 256), nn.ReLU(), nn.BatchNorm1d(256), *drop, nn.Linear(256, 256), nn.ReLU(), nn.BatchNorm1d(256), *drop, nn.Linear(256, 1))


def dense(sizes, activation):
    layers = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        layers += [nn.Linear(a, b)] + ([activation()] if i < len(sizes) - 2 else [])
    return nn.Sequential(*layers)


def binary(batch):
    return torch.randn(20, batch, 63), torch.randint(0, 2, (20, batch, 1)).float(), nn.BCEWithLogitsLoss(), "adam"


def classes(batches, batch, width, count):
    return torch.randn(batches, batch, width), torch.randint(0, count, (batches, batch)), nn.CrossEntropyLoss(), "adam"


def convolution():
    parts = [nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
    return nn.Sequential(*parts, nn.Linear(800, 128), nn.ReLU(), nn.Linear(128, 10))


def pictures():
    return torch.randn(20, 64, 1, 28, 28), torch.randint(0, 10, (20, 64)), nn.CrossEntropyLoss(), "adam"


NETWORKS = {
    "W3": lambda: (convolution(), *pictures()),
    "W1": lambda: (dense([784, 128, 64, 10], nn.ReLU), *classes(20, 64, 784, 10)),
    "W2": lambda: (tabular(0.3), *binary(512)),
    "W2d0": lambda: (tabular(0), *binary(512)),
    "W7": lambda: (nn.Sequential(dense([2, 8, 8, 1], nn.Tanh), nn.Tanh()), torch.randn(20, 10, 2), torch.randn(20, 10, 1), nn.MSELoss(), "sgd"),
    "W8": lambda: (dense([1024, 2048, 2048, 1000], nn.ReLU), *classes(4, 256, 1024, 1000)),
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

    for i in range(8):
        step(i)
    return step


print(torch.__version__, flush=True)
for line in sys.stdin:
    name, seconds = line.split()
    if name not in made:
        made[name] = stepper(name)
    times, start = [], time.perf_counter()
    while time.perf_counter() - start < float(seconds) or len(times) < 3:
        before = time.perf_counter()
        made[name](len(times))
        times.append((time.perf_counter() - before) * 1e3)
    print(sorted(times)[len(times) // 2], flush=True)
