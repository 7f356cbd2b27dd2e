"""Runs detector files in YuNet's layout in PyTorch: the official YuNet as teacher and rival, and our own exports.

OpenCV 4.6 cannot load the dynamic YuNet file, and Debian has no ONNX Runtime for Python; the graphs have only a
dozen kinds of node, so they are interpreted here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

OUTPUTS = [f"{kind}_{stride}" for kind in ("cls", "obj", "bbox", "kps") for stride in (8, 16, 32)]


def _convolve(x: list, a: dict) -> torch.Tensor:
    return functional.conv2d(x[0], x[1], x[2] if len(x) > 2 else None, a["strides"], a["pads"][:2], 1, a["group"])


def _reshape(x: list, a: dict) -> torch.Tensor:
    return x[0].reshape([size or x[0].shape[i] for i, size in enumerate(x[1].tolist())])


def _unsqueeze(x: list, a: dict) -> torch.Tensor:
    axes = a["axes"] if "axes" in a else x[1].tolist()
    return x[0].unsqueeze(axes[0])


def _gather(x: list, a: dict) -> torch.Tensor:
    return x[0].select(a.get("axis", 0), int(x[1]))


NODES: dict[str, Callable[[list, dict], torch.Tensor | tuple[torch.Tensor, ...]]] = {
    "Add": lambda x, a: x[0] + x[1],
    "Concat": lambda x, a: torch.cat(x, a["axis"]),
    "Constant": lambda x, a: torch.from_numpy(numpy_helper.to_array(a["value"]).copy()),
    "Conv": _convolve,
    "Div": lambda x, a: x[0] / x[1],
    "Gather": _gather,
    "MaxPool": lambda x, a: functional.max_pool2d(x[0], a["kernel_shape"], a["strides"]),
    "Mul": lambda x, a: x[0] * x[1],
    "Relu": lambda x, a: functional.relu(x[0]),
    "Reshape": _reshape,
    "Resize": lambda x, a: functional.interpolate(x[0], scale_factor=2.0, mode="nearest"),
    "Shape": lambda x, a: torch.tensor(x[0].shape),
    "Sigmoid": lambda x, a: torch.sigmoid(x[0]),
    "Split": lambda x, a: x[0].split(x[1].tolist(), a["axis"]),
    "Sub": lambda x, a: x[0] - x[1],
    "Transpose": lambda x, a: x[0].permute(*a["perm"]),
    "Unsqueeze": _unsqueeze,
}


class OnnxDetector:
    """A detector file in YuNet's layout, called with pictures [B,1 or 3,H,W] of 0..255, blue first."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path)).graph
        self.weights = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in graph.initializer}
        attributes = lambda node: {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        self.nodes = [(NODES[n.op_type], list(n.input), list(n.output), attributes(n)) for n in graph.node]
        source = next(i for i in graph.input if i.name not in self.weights)
        self.input, self.channels = source.name, source.type.tensor_type.shape.dim[1].dim_value

    @torch.no_grad()
    def __call__(self, pictures: torch.Tensor) -> dict[str, torch.Tensor]:
        values = dict(self.weights)
        values[self.input] = pictures.expand(-1, self.channels, -1, -1).contiguous(memory_format=torch.channels_last)
        for run, inputs, outputs, attributes in self.nodes:
            result = run([values.get(name) for name in inputs], attributes)
            values.update(zip(outputs, result if isinstance(result, tuple) else (result,)))
        return {name: values[name] for name in OUTPUTS}
