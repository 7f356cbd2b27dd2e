"""Writes the second look once more with its convolutions in 8-bit integers, for processors that multiply those faster: `python3 -m face.quantise`."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

from emotion.quantise import Ranges, write
from face.augment import pool_of
from face.close import LEAST_CONTRAST
from face.closeups import CloseUps
from face.data import load, split
from face.synthetic import made_pictures

CLOSE_UPS = 1024  # whose least and greatest values set the scales
SEED = 5


@torch.no_grad()
def ranges(exact: onnx.ModelProto, close_ups: torch.Tensor, cut: float) -> Ranges:
    """The least and greatest value of what the convolutions read, each cut by as much, under the tensors' names in the graph."""
    constants = {constant.name: torch.from_numpy(numpy_helper.to_array(constant).copy()) for constant in exact.graph.initializer}
    values, found = {exact.graph.input[0].name: close_ups}, {}
    for node in exact.graph.node:
        given = [values.get(name) for name in node.input]
        if node.op_type == "InstanceNormalization":
            made = functional.instance_norm(given[0], eps=LEAST_CONTRAST ** 2)
        elif node.op_type == "Conv" and given[0] is not None:
            weights = constants[node.input[1]]
            strides = next(attribute.ints for attribute in node.attribute if attribute.name == "strides")
            made = functional.conv2d(given[0], weights, constants[node.input[2]], list(strides), weights.shape[2] // 2)
        elif node.op_type == "Relu":
            made = given[0].relu()
        elif node.op_type == "Add" and all(value is not None for value in given):
            made = given[0] + given[1]
        else:
            continue
        values[node.output[0]] = made
        if node.op_type in ("InstanceNormalization", "Relu"):
            found[node.output[0]] = (cut * min(0.0, float(made.min())), cut * max(0.0, float(made.max())))
    return found


def main() -> None:
    root = Path(__file__).resolve().parents[3]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, default=root / "models" / "training" / "work" / "face" / "pictures.npz", help="what face.train read")
    parser.add_argument("--exact", type=Path, default=root / "models" / "face-close.onnx")
    parser.add_argument("--out", type=Path, default=root / "models" / "face-close-int8.onnx")
    parser.add_argument("--cut", type=float, default=1.0, help="how much of the extremes the scales reach; 0.8 finds no more and places points no better")
    parser.add_argument("--smoke", action="store_true", help="with made pictures, to see that all parts run; writes into the work folder")
    settings = parser.parse_args()
    if settings.smoke:
        settings.out = root / "models" / "training" / "work" / "close-smoke" / settings.out.name
    source = CloseUps(pool_of(split(made_pictures(SEED) if settings.smoke else load(settings.pictures))[0]), SEED)
    close_ups = np.stack([source.sample().pixels for _ in range(CLOSE_UPS)])
    scales = ranges(onnx.load(str(settings.exact)), torch.from_numpy(close_ups)[:, None].float(), settings.cut)
    write(settings.exact, settings.out, scales, exact_sums=False)


if __name__ == "__main__":
    main()
