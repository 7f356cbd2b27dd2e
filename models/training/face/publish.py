"""Calibrates the averaged weights of a run, or the mean of several runs', and writes face.onnx and its golden file: `python3 -m face.publish`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch

from face import golden
from face.data import Picture, load, split
from face.evaluate import THRESHOLD, NetDetector, summary
from face.export import export, shifted
from face.net import FaceNet
from face.run import mean

# Share of empty views that shall stay without a face at THRESHOLD, and the share of them whose scores say where that is.
CLEAN, TAIL = 0.997, 0.1


def empty_views(pictures: list[Picture]) -> list[Picture]:
    """The pictures without a face, each in three sizes and mirrored, since few are held out."""
    views = []
    for picture in pictures:
        if picture.group == "negative":
            for scale in (1.0, 0.75, 0.5):
                small = cv2.resize(picture.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
                for pixels in (small, np.ascontiguousarray(small[:, ::-1])):
                    views.append(Picture(picture.name, "negative", picture.split, pixels, picture.faces))
    return views


def tail_threshold(tops: list[float]) -> float:
    """The score that CLEAN of all empty views should stay below, given the highest scores of some.

    Beyond the usual views' the log-odds thin out exponentially; read off that line, no single picture decides alone.
    """
    tops = np.clip(tops, 1e-3, 1 - 1e-3)
    odds = np.log(tops / (1 - tops))
    start = np.quantile(odds, 1 - TAIL)
    beyond = odds[odds > start] - start
    edge = start + (beyond.mean() * np.log(TAIL / (1 - CLEAN)) if len(beyond) else 0.0)
    return float(1 / (1 + np.exp(-edge)))


def calibrated(net: FaceNet, held: list[Picture]) -> FaceNet:
    """The net with its scores moved so that CLEAN of the empty views should lie below THRESHOLD."""
    views = empty_views(held)
    # A score is made of two outputs, moved alike, so that one move does not quite reach its aim.
    for _ in range(2):
        detector = NetDetector(net)
        present = tail_threshold([max([0.0, *detector(p.pixels)["scores"]]) for p in views])
        net = shifted(net, min(0.95, max(0.05, present)), THRESHOLD)
    return net


def publish(net: FaceNet, held: list[Picture], out: Path, golden_file: Path, notes: dict[str, str]) -> dict[str, float]:
    """Writes the files and returns the held-out figures, which also go into the file's metadata."""
    final = calibrated(net, held)
    figures = summary(NetDetector(final), held)
    export(final, out, notes | {"held_out": json.dumps(figures)})
    golden.write(out, golden_file)
    return figures


def main() -> None:
    root = Path(__file__).resolve().parents[3]
    work = root / "models" / "training" / "work" / "face"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, nargs="+", default=[work / "checkpoint.pt"], help="of several runs from the same weights, the mean is published")
    parser.add_argument("--pictures", type=Path, default=work / "pictures.npz")
    parser.add_argument("--out", type=Path, default=root / "models" / "face.onnx")
    parser.add_argument("--golden", type=Path, default=root / "tests" / "EmotionStream.Tests" / "Golden" / "face.json")
    settings = parser.parse_args()
    torch.set_num_threads(1)
    runs = [torch.load(path, map_location="cpu") for path in settings.checkpoint]
    net = FaceNet()
    net.load_state_dict(mean([run["average"] for run in runs]))
    held = split(load(settings.pictures))[1]
    notes = {"producer": "models/training/train-face.sh", "steps": "+".join(str(run["step"]) for run in runs)}
    print(publish(net.eval(), held, settings.out, settings.golden, notes), flush=True)


if __name__ == "__main__":
    main()
