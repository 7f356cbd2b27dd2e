"""Trains the detector: `python3 -m face.train --help`."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import cv2
import numpy as np
import torch

from face.augment import Composer, pool_of
from face.data import Picture, load, read, save, split
from face.decode import grid
from face.evaluate import NetDetector, summary
from face.export import YuNetLayout
from face.loss import detection_loss
from face.marks import EPOCHS, learn, mark_anew
from face.net import STRIDES, FaceNet, flatten
from face.publish import publish
from face.run import Parts, Run, with_run
from face.synthetic import check_labels, made_pictures
from face.teacher import OUTPUTS, OnnxDetector

# Square training samples: their sides, how many make a batch of about the same cost, and the sides' shares.
SIZES = {96: 64, 160: 48, 192: 32, 256: 18, 320: 12, 448: 6, 640: 3}
SHARES = (0.20, 0.11, 0.13, 0.14, 0.14, 0.12, 0.16)
HARD_NEGATIVES = 80
Teacher = Callable[[torch.Tensor], dict[str, torch.Tensor]]


def options() -> argparse.Namespace:
    root = Path(__file__).resolve().parents[3]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=root.parent / "shared" / "data")
    parser.add_argument("--teacher", type=Path, default=root.parent / "shared" / "baselines" / "yunet_n_dynamic.onnx")
    parser.add_argument("--work", type=Path, default=root / "models" / "training" / "work" / "face")
    parser.add_argument("--out", type=Path, default=root / "models" / "face.onnx")
    parser.add_argument("--golden", type=Path, default=root / "tests" / "EmotionStream.Tests" / "Golden" / "face.json")
    return with_run(parser, minutes=90)


@dataclass
class Batch:
    """Pictures [B,1,size,size], all their face rows, whose picture each row is in, and the undamaged photographs."""

    pictures: torch.Tensor
    rows: torch.Tensor
    owner: torch.Tensor
    clean: torch.Tensor
    clean_owner: torch.Tensor


def batch(composer: Composer, size: int) -> Batch:
    """As many samples of `size` as SIZES says."""
    damaged, rows, clean = zip(*(composer.sample(size) for _ in range(SIZES[size])))
    counts = torch.tensor([len(r) for r in rows])
    photographs = [i for i, pixels in enumerate(clean) if pixels is not None]
    undamaged = np.array([clean[i] for i in photographs], np.uint8).reshape(-1, 1, size, size)
    return Batch(
        torch.from_numpy(np.stack(damaged)[:, None]).float().contiguous(memory_format=torch.channels_last),
        torch.from_numpy(np.concatenate(rows)), torch.arange(len(rows)).repeat_interleave(counts),
        torch.from_numpy(undamaged).float(), torch.tensor(photographs, dtype=torch.long))


class Trainer(Run):
    """Teaches the detector composed samples and, of photographs, what the teacher says of every cell."""

    def __init__(self, settings: argparse.Namespace, composer: Composer, teacher: Teacher) -> None:
        torch.manual_seed(settings.seed)
        super().__init__(FaceNet(), settings, composer.random)
        self.composer, self.teacher = composer, teacher
        self.cells = {size: grid(size, size) for size in SIZES}

    def loss(self) -> tuple[torch.Tensor, Parts]:
        size = int(self.random.choice(list(SIZES), p=SHARES))
        samples = batch(self.composer, size)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            maps = self.net(samples.pictures)
        raw = flatten(maps)
        advice = torch.zeros(raw.shape)
        if len(samples.clean):
            advice[samples.clean_owner] = self._advice(samples.clean)
        return detection_loss(raw, self.cells[size], samples.rows, samples.owner, advice)

    @torch.no_grad()
    def _advice(self, pictures: torch.Tensor) -> torch.Tensor:
        """What the teacher says of every cell, [pictures, cells, 16]."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            told = self.teacher(pictures)
        kinds = [torch.cat([told[f"{kind}_{s}"] for s in STRIDES], 1) for kind in ("cls", "obj", "bbox", "kps")]
        return torch.cat(kinds, 2).float()

    def look_for_hard_negatives(self) -> None:
        """Lets the composer prefer the empty pictures in which the net is now most sure of a face."""
        detector = NetDetector(self.average)
        empty = self.composer.pool.groups["negative"]
        tops = [max([0.0, *detector(p.pixels)["scores"]]) for p in empty]
        self.composer.hard = [empty[i] for i in np.argsort(tops)[::-1][:HARD_NEGATIVES]]


def main() -> None:
    settings = options()
    torch.set_num_threads(settings.threads)
    cv2.setNumThreads(1)
    if settings.smoke:
        settings.minutes, settings.work = 0.35, settings.work.with_name("face-smoke")
        settings.out, settings.golden = settings.work / "face.onnx", settings.work / "golden.json"
        check_labels(settings.seed)
        pictures = mark_again(made_pictures(settings.seed), epochs=1)
        stranger = YuNetLayout(FaceNet().eval())
        teacher: Teacher = lambda grey: dict(zip(OUTPUTS, stranger(grey)))
    else:
        pictures = prepared(settings)
        teacher = OnnxDetector(settings.teacher)
    settings.work.mkdir(parents=True, exist_ok=True)
    train, held = split(pictures)
    trainer = Trainer(settings, Composer(pool_of(train), settings.seed), teacher)
    print(f"{len(train)} pictures to train on, {len(held)} held out", flush=True)
    trainer.finish(lambda net: summary(NetDetector(net), held))
    notes = {"producer": "models/training/train-face.sh", "seed": str(settings.seed), "steps": str(trainer.step)}
    figures = publish(trainer.average, held, settings.out, settings.golden, notes)
    print(f"wrote {settings.out}: {figures}", flush=True)


def prepared(settings: argparse.Namespace) -> list[Picture]:
    """The pictures, from the cache; the first run reads the data and puts it there."""
    cache = settings.work / "pictures.npz"
    if not cache.exists():
        print(f"reading {settings.data} (once) ...", flush=True)
        save(mark_again(read(settings.data, settings.teacher), EPOCHS), cache)
    return load(cache)


def mark_again(pictures: list[Picture], epochs: int) -> list[Picture]:
    """The pictures with a detector's points replaced by what the marks of the heads to train on teach."""
    mark_anew(pictures, learn(split(pictures)[0], epochs))
    return pictures


if __name__ == "__main__":
    main()
