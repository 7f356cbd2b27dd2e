"""Trains the CNN's last stage and the LSTM through one another, on sequences drawn anew at every step.

A CNN that was trained on single faces alone keeps what tells expressions apart, not what tells a good frame from a bad one or a
change from a jerk; through the cell it learns that, too. Stills stand beside the sequences in every step, so that single faces lose nothing.
"""

import copy
import math
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from . import sequences, still
from .data import Faces, target_distribution
from .labels import FER2013_MISSING
from .network import Cell, FaceNet

SAVED_EVERY = 200


@dataclass(frozen=True)
class Plan:
    """What the run does."""

    steps: int = 3000
    sequences: int = 16  # a step; every fifth step's are clean and steady
    rate: float = 0.006
    cell_rate: float = 1.5e-3
    # Weight of each frame's own answer: single frames and averages are compared over this very CNN, so it must know the damage for itself.
    single: float = 0.5
    average: float = 0.997  # weight average over about 300 steps
    stills: still.Plan = still.Plan(seed=31, teacher=0.7, views=4, webcam=0.15, smoothing=0, decay=2e-4)
    seed: int = 7


@dataclass
class Learner:
    """The optimiser of one of the two, its highest rate and the longest gradient that it follows."""

    optimiser: torch.optim.Optimizer
    rate: float
    longest: float

    def step(self, share: float) -> None:
        groups = self.optimiser.param_groups
        for group in groups:
            group["lr"] = self.rate * share
        nn.utils.clip_grad_norm_([p for group in groups for p in group["params"]], self.longest)
        self.optimiser.step()


class Pair:
    """CNN and cell with their optimisers and running averages; all but the CNN's last stage stays as it was."""

    def __init__(self, net: FaceNet, cell: Cell, plan: Plan) -> None:
        self.net, self.cell, self.plan = net, cell, plan
        for part in net.before_last():
            part.requires_grad_(False)
        learning = still.groups(net, plan.stills)
        self.learners = [
            Learner(torch.optim.SGD(learning, plan.rate, momentum=0.9, nesterov=True), plan.rate, 5.0),
            Learner(torch.optim.AdamW(cell.parameters(), plan.cell_rate, weight_decay=0.01), plan.cell_rate, 1.0)]
        self.averages = copy.deepcopy(net).eval(), copy.deepcopy(cell).eval()
        self.step = 0

    def follow(self, loss: torch.Tensor) -> None:
        """One step down the loss, at a rate that rises for a tenth of the run and falls as a cosine."""
        done = self.step / self.plan.steps
        share = 0.05 + 9.5 * done if done < 0.1 else 0.5 * (1 + math.cos(math.pi * (done - 0.1) / 0.9))
        for learner in self.learners:
            learner.optimiser.zero_grad()
        loss.backward()
        for learner in self.learners:
            learner.step(share)
        self.step += 1
        for kept, new in zip(self.averages, (self.net, self.cell)):
            still.follow(kept, new, min(self.plan.average, self.step / (self.step + 10)))

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        torch.save({"step": self.step, "net": self.net.state_dict(), "cell": self.cell.state_dict(),
                    "averages": [average.state_dict() for average in self.averages],
                    "optimisers": [learner.optimiser.state_dict() for learner in self.learners]}, fresh)
        fresh.replace(path)

    def restore(self, path: Path) -> None:
        stored = torch.load(path)
        self.step = stored["step"]
        self.net.load_state_dict(stored["net"])
        self.cell.load_state_dict(stored["cell"])
        for average, state in zip(self.averages, stored["averages"]):
            average.load_state_dict(state)
        for learner, state in zip(self.learners, stored["optimisers"]):
            learner.optimiser.load_state_dict(state)


def train(net: FaceNet, cell: Cell, faces: Faces, teachers: list[FaceNet], plan: Plan, checkpoint: Path) -> tuple[FaceNet, Cell]:
    """Runs or resumes `plan`; returns the averaged CNN and cell."""
    pair = Pair(copy.deepcopy(net), copy.deepcopy(cell), plan)
    if checkpoint.exists():
        pair.restore(checkpoint)
    if pair.step < plan.steps:
        _run(pair, faces, still.Sampler(faces, plan.stills, teachers), checkpoint)
    return pair.averages


def _run(pair: Pair, faces: Faces, stills: still.Sampler, checkpoint: Path) -> None:
    plan, fast = pair.plan, still.has_bfloat16()
    pair.net.train()
    for part in pair.net.modules():
        # Frames of one face say nothing of how channels spread over faces, so the norms keep their statistics.
        if isinstance(part, nn.BatchNorm2d):
            part.eval()
    began, total, since = time.time(), 0.0, pair.step
    while pair.step < plan.steps:
        torch.manual_seed(plan.seed * 1_000_003 + pair.step)
        loss, told = _loss(pair, faces, stills, fast)
        pair.follow(loss)
        total += told
        if pair.step % 20 == 0 or pair.step == plan.steps:
            print(f"\rtogether {pair.step}/{plan.steps} loss of sequences {total / (pair.step - since):.4f} "
                  f"{(time.time() - began) / (pair.step - since):.2f}s a step", end="", flush=True)
        if pair.step % SAVED_EVERY == 0 or pair.step == plan.steps:
            pair.save(checkpoint)
            print(flush=True)
            began, total, since = time.time(), 0.0, pair.step


def _loss(pair: Pair, faces: Faces, stills: still.Sampler, fast: bool) -> tuple[torch.Tensor, float]:
    plan, net, cell = pair.plan, pair.net, pair.cell
    number = plan.seed * 1_000_003 + pair.step
    steady = pair.step % 5 == 4
    script = sequences.write(faces, plan.sequences, number, steady=steady)
    frames = sequences.frames(faces, script, torch.Generator().manual_seed(number), clean=steady)
    single, advice, original = stills.batch(pair.step)
    with still.fast_context(fast):
        features = net.features(torch.cat([frames, single]).contiguous(memory_format=torch.channels_last))
    embedding = features.float().mean((2, 3))
    shape = plan.sequences, sequences.FRAMES, -1
    moving, standing = embedding[: len(frames)].view(shape), net.dropout(embedding[len(frames):])
    target, elapsed = torch.from_numpy(script.target), torch.from_numpy(script.elapsed).float()
    # As in temporal.train: the CNN knows these faces; with the whole embedding the cell would learn to know them, too.
    answer = cell(F.dropout(moving, 0.5), net.answer(moving), elapsed)
    over_time = _distance(answer, target)
    frame = _distance(net.answer(net.dropout(moving)), target)
    loss = over_time + plan.single * frame + _distance(net.answer(standing), advice)
    if (original != FER2013_MISSING).any():
        second = F.cross_entropy(net.classify_original(standing), original, ignore_index=FER2013_MISSING)
        loss = loss + plan.stills.original * second
    return loss, float(over_time.detach())


def _distance(answer: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return -(target * F.log_softmax(answer, -1)).sum(-1).mean()
