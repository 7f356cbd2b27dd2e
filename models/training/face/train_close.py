"""Trains the second look: `python3 -m face.train_close --help`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional

from face.augment import Pool, pool_of
from face.close import PLACES, CloseNet
from face.closeups import SIDE, CloseUps
from face.data import load, split
from face.export import export_close
from face.golden import write_close
from face.run import Parts, Run, with_run
from face.synthetic import made_pictures
from face.views import measure, views_of

BATCH = 96
POINTS, BOX, SURE = 3.0, 1.0, 0.5
# Nearer than so many pixels, a place's error counts by its square; and eyes that are nearer to one another count as so far apart.
SMOOTH, LEAST_EYES = 0.1, 6.0
# So much doubt, in log-odds, that the mean of both looks' scores keeps to the rule by which the detector's own were moved (publish.py):
# held out, 0.6 is where the tail of the empty views says that 99.7 % lie below.
DOUBT = 1.8
# Of so many empty close-ups those that fool the net most are shown more often.
LOOKED_AT, HARD = 20_000, 1_000


def options() -> argparse.Namespace:
    root = Path(__file__).resolve().parents[3]
    work = root / "models" / "training" / "work"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, default=work / "face" / "pictures.npz", help="what face.train read")
    parser.add_argument("--work", type=Path, default=work / "close")
    parser.add_argument("--out", type=Path, default=root / "models" / "face-close.onnx")
    parser.add_argument("--golden", type=Path, default=root / "tests" / "EmotionStream.Tests" / "Golden" / "face-close.json")
    return with_run(parser, minutes=55)


class CloseTrainer(Run):
    """Teaches the second look close-ups."""

    def __init__(self, settings: argparse.Namespace, pool: Pool) -> None:
        torch.manual_seed(settings.seed)
        self.source = CloseUps(pool, settings.seed)
        super().__init__(CloseNet(), settings, self.source.random)

    def loss(self) -> tuple[torch.Tensor, Parts]:
        samples = [self.source.sample() for _ in range(BATCH)]
        rows = torch.from_numpy(np.stack([s.row for s in samples]))
        there = torch.tensor([s.there for s in samples])
        weight = torch.tensor([s.weight for s in samples]) * (rows[:, 15] > 0)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            told = self.net(_tensor([s.pixels for s in samples]))
        corners = rows[:, :4].view(-1, 2, 2)
        aims = torch.cat([rows[:, 4:14].view(-1, 5, 2), corners], 1)
        off = ((told[:, :-1].view(-1, PLACES, 2) - aims).square().sum(2) + SMOOTH ** 2).sqrt()
        eyes = (aims[:, 0] - aims[:, 1]).norm(dim=1).clamp(min=LEAST_EYES)
        side = (corners[:, 1] - corners[:, 0]).clamp(min=1).prod(1).sqrt()
        points = (off[:, :5].mean(1) / eyes * weight)[there].sum() / (weight > 0).sum().clamp(min=1)
        box = (off[:, 5:].mean(1) / side)[there].mean()
        sure = functional.binary_cross_entropy_with_logits(told[:, -1], there.float())
        return POINTS * points + BOX * box + SURE * sure, {"points": float(points), "box": float(box), "sure": float(sure)}

    @torch.no_grad()
    def look_for_hard_negatives(self) -> None:
        self.source.hard = []
        pieces = [self.source.empty() for _ in range(LOOKED_AT)]
        tops = np.concatenate([self.average(_tensor(pieces[i:i + BATCH]))[:, -1].numpy() for i in range(0, LOOKED_AT, BATCH)])
        self.source.hard = [pieces[i] for i in np.argsort(tops)[::-1][:HARD]]


def _tensor(pieces: list[np.ndarray]) -> torch.Tensor:
    return torch.from_numpy(np.stack(pieces)).view(-1, 1, SIDE, SIDE).float()


def main() -> None:
    settings = options()
    torch.set_num_threads(settings.threads)
    cv2.setNumThreads(1)
    if settings.smoke:
        settings.minutes, settings.work = 0.15, settings.work.with_name("close-smoke")
        settings.out, settings.golden = settings.work / "face-close.onnx", settings.work / "golden.json"
    settings.work.mkdir(parents=True, exist_ok=True)
    train, held = split(made_pictures(settings.seed) if settings.smoke else load(settings.pictures))
    trainer, views = CloseTrainer(settings, pool_of(train)), views_of(held)
    print(f"{len(train)} pictures to train on, {len(views.faces)} close-ups held out", flush=True)
    trainer.finish(lambda net: measure(net, views))
    net = trainer.average
    net.doubt(DOUBT)
    figures = measure(net, views)
    notes = {"producer": "models/training/train-face.sh", "seed": str(settings.seed), "steps": str(trainer.step), "held_out": json.dumps(figures)}
    export_close(net, settings.out, notes)
    write_close(net, settings.out, settings.golden)
    print(f"wrote {settings.out}: {figures}", flush=True)


if __name__ == "__main__":
    main()
