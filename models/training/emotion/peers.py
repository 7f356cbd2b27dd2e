"""Measures other people's expression models on FER+ by the same protocol: `python3 -m emotion.peers`.

Their files lie in `shared/baselines` and are never shipped. Each is small enough to be run here in PyTorch from the numbers in its
own file, so that the pictures, the protocol and the arithmetic are those of our own figures. They know seven expressions: contempt
counts as wrong, as it does for everybody who uses them.
"""

import argparse
import json
import math
from pathlib import Path
from typing import Callable

import h5py
import numpy as np
import torch
import torch.nn.functional as F

from . import data
from .labels import LABELS
from .measure import score_labels

FER2013_ORDER = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
FACE_API_ORDER = ("neutral", "happy", "sad", "angry", "fear", "disgust", "surprise")
# face-api.js's mean colour, subtracted before it divides by 255.
FACE_API_MEAN = (122.782, 117.001, 104.298)


def same(x: torch.Tensor, kernel: int, stride: int, value: float = 0.0) -> torch.Tensor:
    """TensorFlow's "same" padding, which puts the odd row and column at the far side."""
    across, down = (max((math.ceil(side / stride) - 1) * stride + kernel - side, 0) for side in (x.shape[3], x.shape[2]))
    return F.pad(x, (across // 2, across - across // 2, down // 2, down - down // 2), value=value)


def pool(x: torch.Tensor) -> torch.Tensor:
    return F.max_pool2d(same(x, 3, 2, -math.inf), 3, 2)


class Weights:
    """Named arrays in TensorFlow's order of axes, handed out in PyTorch's."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        self.arrays = {name: torch.from_numpy(np.array(array, np.float32)) for name, array in arrays.items()}

    def conv(self, x: torch.Tensor, kernel: str, bias: str | None = None, stride: int = 1, pad: bool = True) -> torch.Tensor:
        weight = self.arrays[kernel].permute(3, 2, 0, 1)
        x = same(x, weight.shape[2], stride) if pad else x
        return F.conv2d(x, weight, self.arrays[bias] if bias else None, stride)

    def depthwise(self, x: torch.Tensor, kernel: str, stride: int = 1) -> torch.Tensor:
        weight = self.arrays[kernel].permute(2, 3, 0, 1)
        return F.conv2d(same(x, weight.shape[2], stride), weight, None, stride, groups=len(weight))


def mini_xception(path: Path) -> Callable[[torch.Tensor], torch.Tensor]:
    """The Keras network of the package `fer`: two plain convolutions, four residual steps of two separable ones."""
    arrays: dict[str, np.ndarray] = {}
    with h5py.File(path) as file:
        file["model_weights"].visititems(
            lambda name, item: arrays.update({f"{name.split('/')[0]}/{name.split('/')[-1][:-2]}": item[()]}) if hasattr(item, "shape") else None)
    w = Weights(arrays)

    def norm(x: torch.Tensor, number: int) -> torch.Tensor:
        mean, variance, gamma, beta = (w.arrays[f"batch_normalization_{number}/{part}"]
                                       for part in ("moving_mean", "moving_variance", "gamma", "beta"))
        return F.batch_norm(x, mean, variance, gamma, beta, eps=1e-3)

    def separable(x: torch.Tensor, number: int) -> torch.Tensor:
        name = f"separable_conv2d_{number}"
        return w.conv(w.depthwise(x, f"{name}/depthwise_kernel"), f"{name}/pointwise_kernel")

    def run(faces: torch.Tensor) -> torch.Tensor:
        x = enlarge(faces, 64) / 127.5 - 1
        for number in (1, 2):
            x = F.relu(norm(w.conv(x, f"conv2d_{number}/kernel", pad=False), number))
        for step in range(4):
            aside = norm(w.conv(x, f"conv2d_{step + 3}/kernel", stride=2), 3 * step + 3)
            x = F.relu(norm(separable(x, 2 * step + 1), 3 * step + 4))
            x = pool(norm(separable(x, 2 * step + 2), 3 * step + 5)) + aside
        return w.conv(x, "conv2d_7/kernel", "conv2d_7/bias").mean((2, 3))

    return run


def face_api(folder: Path) -> Callable[[torch.Tensor], torch.Tensor]:
    """face-api.js: four dense blocks whose later convolutions each see the sum of all before them."""
    manifest = json.loads((folder / "face_expression_model-weights_manifest.json").read_text())
    w = Weights(read_manifest(manifest, (folder / "face_expression_model-shard1").read_bytes()))
    mean = torch.tensor(FACE_API_MEAN).view(1, 3, 1, 1)

    def convolve(x: torch.Tensor, name: str, stride: int) -> torch.Tensor:
        bias = w.arrays[f"{name}/bias"].view(1, -1, 1, 1)
        if f"{name}/filters" in w.arrays:
            return w.conv(x, f"{name}/filters", stride=stride) + bias
        return w.conv(w.depthwise(x, f"{name}/depthwise_filter", stride), f"{name}/pointwise_filter") + bias

    def run(faces: torch.Tensor) -> torch.Tensor:
        x = (enlarge(faces, 112).expand(-1, 3, -1, -1) - mean) / 255
        for block in range(4):
            total = x = F.relu(convolve(x, f"dense{block}/conv0", 2))
            for part in (1, 2, 3):
                total = total + convolve(x, f"dense{block}/conv{part}", 1)
                x = F.relu(total)
        return F.avg_pool2d(x, 7, 2).flatten(1) @ w.arrays["fc/weights"] + w.arrays["fc/bias"]

    return run


def human(folder: Path) -> Callable[[torch.Tensor], torch.Tensor]:
    """The emotion model of `human`: a TensorFlow.js graph, run node by node."""
    model = json.loads((folder / "emotion.json").read_text())
    w = Weights(read_manifest(model["weightsManifest"], (folder / "emotion.bin").read_bytes()))
    nodes = [node for node in model["modelTopology"]["node"] if node["op"] != "Const"]

    def run(faces: torch.Tensor) -> torch.Tensor:
        values = {nodes[0]["name"]: enlarge(faces, 64) / 127.5 - 1}
        for node in nodes[1:]:
            values[node["name"]] = step(node, [values[name] for name in node["input"] if name in values])
        return values[next(node["input"][0] for node in nodes if node["op"] == "Softmax")]

    def step(node: dict, inputs: list[torch.Tensor]) -> torch.Tensor:
        x, names = inputs[0], node["input"]
        match node["op"]:
            case "_FusedConv2D":
                # Attributes are in base64: "VkFMSUQ=" is VALID, "UmVsdQ==" is Relu.
                stride, pad = int(node["attr"]["strides"]["list"]["i"][1]), node["attr"]["padding"]["s"] != "VkFMSUQ="
                pad = pad or w.arrays[names[1]].shape[0] == 1
                out = w.conv(x, names[1], names[2], stride, pad)
                return F.relu(out) if "UmVsdQ==" in node["attr"]["fused_ops"]["list"]["s"] else out
            case "DepthwiseConv2dNative":
                return w.depthwise(x, names[1])
            case "MaxPool":
                return pool(x)
            case "AddV2":
                return x + inputs[1]
            case "Relu":
                return F.relu(x)
            case "Mean":
                return x.mean((2, 3))
            case _:
                return x

    return run


def read_manifest(manifest: list[dict], blob: bytes) -> dict[str, np.ndarray]:
    """TensorFlow.js weights: one after another, some as bytes with a scale and a minimum."""
    arrays, at = {}, 0
    for weight in (weight for group in manifest for weight in group["weights"]):
        packed = weight.get("quantization")
        kind = np.dtype(packed["dtype"] if packed else weight["dtype"])
        count = int(np.prod(weight["shape"]))
        array = np.frombuffer(blob, kind, count, at).reshape(weight["shape"])
        at += count * kind.itemsize
        arrays[weight["name"]] = array * np.float32(packed["scale"]) + np.float32(packed["min"]) if packed else array
    return arrays


def enlarge(faces: torch.Tensor, side: int) -> torch.Tensor:
    return F.interpolate(faces, (side, side), mode="bilinear", align_corners=False)


@torch.no_grad()
def measure(baselines: Path, faces: data.Faces) -> dict[str, dict]:
    """Accuracy, mean recall and the recalls of each peer on one split."""
    peers = {
        "fer (mini-Xception)": (mini_xception(baselines / "mini_xception_fer2013.hdf5"), FER2013_ORDER),
        "face-api.js": (face_api(baselines / "faceapi"), FACE_API_ORDER),
        "human": (human(baselines / "human"), FER2013_ORDER),
    }
    index, truth = data.protocol(faces.votes)
    pictures = torch.from_numpy(faces.images[index]).float().unsqueeze(1)
    table = {}
    for name, (run, order) in peers.items():
        answer = torch.cat([run(part).softmax(1) for part in pictures.split(64)]).numpy()
        ours = np.zeros((len(answer), len(LABELS)), np.float32)
        ours[:, [LABELS.index(label) for label in order]] = answer
        table[name] = score_labels(ours, truth).summary()
    return table


def main() -> None:
    root = Path(__file__).resolve().parents[3]
    parser = argparse.ArgumentParser(prog="emotion.peers", description=__doc__)
    parser.add_argument("--baselines", type=Path, default=root.parent / "shared" / "baselines")
    parser.add_argument("--data", type=Path, default=root.parent / "shared" / "data")
    parser.add_argument("--work", type=Path, default=root / "models/training/work/emotion")
    parser.add_argument("--split", choices=data.SPLITS, default="test")
    args = parser.parse_args()
    for name, row in measure(args.baselines, data.load(args.data, args.work, args.split)).items():
        print(f"{name:20} accuracy {row['accuracy']:.1%}  mean recall {row['meanRecall']:.1%}  {row['recalls']}")


if __name__ == "__main__":
    main()
