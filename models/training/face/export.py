"""Writes a trained network as an ONNX file, the detector in YuNet's layout."""

from __future__ import annotations

import copy
import io
import math
from pathlib import Path
from typing import Sequence

import onnx
import torch
from torch import nn

from face.close import CloseNet
from face.closeups import SIDE
from face.net import HEAD_SPLIT, POINTS, STRIDES, FaceNet
from face.teacher import OUTPUTS

# 13 is the oldest opset the server's readers know, and the Resize of 13 keeps its sizes dynamic.
OPSET = 13


def shifted(net: FaceNet, present: float, wanted: float) -> FaceNet:
    """A copy whose faces of score `present` score `wanted`; the order of scores stays, so only the threshold moves."""
    copied = copy.deepcopy(net)
    logit = lambda score: math.log(score / (1 - score))
    with torch.no_grad():
        for head in copied.heads:
            head.bias[:2] += logit(wanted) - logit(present)
    return copied


class YuNetLayout(nn.Module):
    """The network with its outputs named, shaped and squashed as the official YuNet file has them."""

    def __init__(self, net: FaceNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, grey: torch.Tensor) -> tuple[torch.Tensor, ...]:
        outputs: dict[str, torch.Tensor] = {}
        batch = grey.shape[0]
        by_cell = lambda maps, values: maps.permute(0, 2, 3, 1).reshape(batch, -1, values)
        for stride, (face, points) in zip(STRIDES, self.net.cells(grey)):
            cls, obj, box = by_cell(face, sum(HEAD_SPLIT) - POINTS).split(HEAD_SPLIT[:-1], 2)
            outputs |= {
                f"cls_{stride}": cls.sigmoid(), f"obj_{stride}": obj.sigmoid(),
                f"bbox_{stride}": box, f"kps_{stride}": by_cell(points, POINTS)}
        return tuple(outputs[name] for name in OUTPUTS)


class CloseLayout(nn.Module):
    """The second look with its answers parted: how sure a face is there, its box's corners and its five points in pixels."""

    OUTPUTS = ("face", "corners", "points")

    def __init__(self, net: CloseNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, close_ups: torch.Tensor) -> tuple[torch.Tensor, ...]:
        points, corners, sure = self.net(close_ups).split((POINTS, 4, 1), 1)
        return sure.sigmoid(), corners, points


def export(net: FaceNet, path: Path, notes: dict[str, str]) -> None:
    """Exports the detector with dynamic batch and size; `notes` go into the file's metadata."""
    axes = {"input": {0: "batch", 2: "height", 3: "width"}}
    axes |= {name: {0: "batch", 1: "cells"} for name in OUTPUTS}
    _write(YuNetLayout(net), torch.zeros(1, 1, 256, 320), OUTPUTS, axes, path, notes)


def export_close(net: CloseNet, path: Path, notes: dict[str, str]) -> None:
    """Exports the second look with a dynamic batch."""
    axes = {name: {0: "batch"} for name in ("input", *CloseLayout.OUTPUTS)}
    _write(CloseLayout(net), torch.zeros(1, 1, SIDE, SIDE), CloseLayout.OUTPUTS, axes, path, notes)


def _write(
    layout: nn.Module, example: torch.Tensor, outputs: Sequence[str], axes: dict[str, dict[int, str]], path: Path, notes: dict[str, str],
) -> None:
    layout = layout.eval().to(memory_format=torch.contiguous_format)
    buffer = io.BytesIO()
    torch.onnx.export(
        layout, example, buffer, input_names=["input"], output_names=list(outputs), dynamic_axes=axes, opset_version=OPSET)
    model = onnx.load_from_string(buffer.getvalue())
    onnx.helper.set_model_props(model, notes)
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".partial")
    onnx.save(model, str(temporary))
    temporary.replace(path)
