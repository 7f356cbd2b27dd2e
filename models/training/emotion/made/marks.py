"""The five points of cropped faces, as the server's second look places them."""

from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

# server/EmotionStream.Faces/Detection/CloseLookModel.cs: the close-up is 64 pixels wide and its face 36, the root of the box's area. A crop of 48
# pixels holds a box of 38.3 by 48 around (24.1, 25.3), which is 42.9.
SIDE, FACE_SIDE, BOX_SIDE, BOX_MIDDLE = 64, 36, 42.9, (24.1, 25.3)
# Right eye, left eye, nose, right and left corner of the mouth: from the picture's left, as the template has them.
ORDER = (0, 1, 2, 3, 4)


class SecondLook:
    """face-close.onnx in PyTorch: plain convolutions, each followed by a rectifier, and one residual layer."""

    def __init__(self, path: Path) -> None:
        model = onnx.load(str(path))
        constants = {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in model.graph.initializer}
        self.layers = [(constants[node.input[1]], constants[node.input[2]], dict((a.name, list(a.ints)) for a in node.attribute)["strides"][0])
                       for node in model.graph.node if node.op_type == "Conv"]

    @torch.no_grad()
    def __call__(self, close_ups: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Close-ups [B,1,64,64] of 0..255 to points [B,5,2] in their pixels and how sure a face is there [B]."""
        x = F.instance_norm(close_ups, eps=64.0)
        *body, last, told = self.layers
        for weight, bias, stride in body:
            x = F.relu(F.conv2d(x, weight, bias, stride, 1))
        x = x + F.relu(F.conv2d(x, last[0], last[1], 1, 1))
        x = F.conv2d(x, told[0], told[1])
        numbers, cells = x.shape[1] // 2, x.shape[2]
        seen, belief = x.flatten(2).split(numbers, 1)
        middle = (torch.arange(cells) + 0.5) * (SIDE // cells)
        across, down = middle.repeat(cells), middle.repeat_interleave(cells)
        share = belief.softmax(2)
        places = torch.stack([((seen[:, n] * (SIDE // cells) + (down if n % 2 else across)) * share[:, n]).sum(1) for n in range(10)], 1)
        return places.view(-1, 5, 2), torch.sigmoid((seen[:, -1] * share[:, -1]).sum(1))


def find(look: SecondLook, faces: np.ndarray, batch: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """Points [N,5,2] in the pixels of faces [N,S,S], cut as the server cuts them, and how sure each face is."""
    side = faces.shape[1]
    scale = BOX_SIDE / FACE_SIDE * side / 48  # picture pixels for one of the close-up's
    at = (torch.arange(SIDE, dtype=torch.float32) + 0.5 - SIDE / 2) * scale
    grid = torch.stack([((at + middle * side / 48) / side * 2 - 1) for middle in BOX_MIDDLE])
    grid = torch.stack([grid[0].expand(SIDE, SIDE), grid[1][:, None].expand(SIDE, SIDE)], -1)
    points, sure = [], []
    for start in range(0, len(faces), batch):
        rows = torch.from_numpy(faces[start:start + batch]).float().unsqueeze(1)
        cut = F.grid_sample(rows, grid.expand(len(rows), -1, -1, -1), padding_mode="border", align_corners=False)
        found, certain = look(cut)
        points.append((found - SIDE / 2) * scale + torch.tensor(BOX_MIDDLE) * side / 48)
        sure.append(certain)
    return torch.cat(points).numpy(), torch.cat(sure).numpy()
