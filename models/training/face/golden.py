"""Writes the golden files for the server's equality tests: a picture given by a formula, and what the models make of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from face.close import CloseNet
from face.closeups import SIDE
from face.export import CloseLayout
from face.teacher import OUTPUTS, OnnxDetector

WIDTH, HEIGHT = 160, 128
FORMULA = (
    "grey(x, y) = (x * x + 3 * y * y + 5 * x * y) / 64 mod 256 in whole numbers; "
    "then 200 where 4 * (x - 80)^2 + 2 * (y - 64)^2 < 6400; "
    "then 40 where (x - 66)^2 + (y - 52)^2 < 30 or (x - 94)^2 + (y - 52)^2 < 30; "
    "then 60 where 64 < x < 96 and 88 < y < 93; then 150 where 77 < x < 83 and 60 < y < 74")
PLACES = 6


def picture() -> np.ndarray:
    """The picture that FORMULA describes: a drawn face on a pattern."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    grey = (x * x + 3 * y * y + 5 * x * y) // 64 % 256
    grey = np.where(4 * (x - 80) ** 2 + 2 * (y - 64) ** 2 < 6400, 200, grey)
    eyes = ((x - 66) ** 2 + (y - 52) ** 2 < 30) | ((x - 94) ** 2 + (y - 52) ** 2 < 30)
    grey = np.where(eyes, 40, grey)
    grey = np.where((64 < x) & (x < 96) & (88 < y) & (y < 93), 60, grey)
    return np.where((77 < x) & (x < 83) & (60 < y) & (y < 74), 150, grey).astype(np.float32)


def write(model: Path, path: Path) -> None:
    """Runs the file on the picture and notes values spread over every output, and where cls * obj is greatest."""
    outputs = OnnxDetector(model)(torch.from_numpy(picture())[None, None])
    values = []
    for name in OUTPUTS:
        table = outputs[name][0].numpy()
        for cell in np.linspace(0, len(table) - 1, PLACES).astype(int):
            channel = int(cell) % table.shape[1]
            values.append({"output": name, "cell": int(cell), "channel": channel, "value": float(table[cell, channel])})
    best = {
        str(stride): int((outputs[f"cls_{stride}"] * outputs[f"obj_{stride}"])[0, :, 0].argmax())
        for stride in (8, 16, 32)}
    golden = {
        "model": "models/face.onnx", "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "input": {"width": WIDTH, "height": HEIGHT, "formula": FORMULA, "sum": int(picture().sum())},
        "tolerance": 0.002, "best_cell": best, "values": values}
    _save(golden, path)


@torch.no_grad()
def write_close(net: CloseNet, model: Path, path: Path) -> None:
    """Notes what the second look's net makes of the face in the picture, seen at its own size."""
    left, top = (WIDTH - SIDE) // 2, (HEIGHT - SIDE) // 2
    piece = picture()[top:top + SIDE, left:left + SIDE]
    told = CloseLayout(net.eval())(torch.from_numpy(piece)[None, None])
    golden = {
        "model": "models/face-close.onnx", "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "input": {"left": left, "top": top, "side": SIDE, "of": FORMULA}, "tolerance": 0.002,
        "values": {name: values[0].tolist() for name, values in zip(CloseLayout.OUTPUTS, told)}}
    _save(golden, path)


def _save(golden: dict, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(golden, indent=1) + "\n")
