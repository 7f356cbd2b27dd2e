"""A training whose length is counted in minutes, since those are what there is."""

from __future__ import annotations

import argparse
import copy
import math
import time
from pathlib import Path
from typing import Callable

import numpy as np
import torch
from torch import nn

WARM_UP = 300
Parts = dict[str, float]


def with_run(parser: argparse.ArgumentParser, minutes: float) -> argparse.Namespace:
    """The settings, those of a run among them."""
    parser.add_argument("--minutes", type=float, default=minutes, help="training time; the learning rate follows it")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--begin", type=Path, nargs="+", help="other runs' checkpoints, to begin with the mean of their averaged weights")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--smoke", action="store_true", help="a few steps on made pictures, to see that all parts run")
    return parser.parse_args()


def mean(weights: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of nets that are one another's relatives; of strangers it would be nobody's."""
    return {name: torch.stack([w[name].double() for w in weights]).mean(0).to(first.dtype) for name, first in weights[0].items()}


class Run:
    """Net, moving average, optimiser and random generator; its whole state goes into one checkpoint file."""

    def __init__(self, net: nn.Module, settings: argparse.Namespace, random: np.random.Generator) -> None:
        self.settings, self.random = settings, random
        self.net = net.to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net).eval().requires_grad_(False)
        decay = [p for p in self.net.parameters() if p.dim() > 1]
        plain = [p for p in self.net.parameters() if p.dim() <= 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=settings.rate)
        self.step, self.spent = 0, 0.0

    @property
    def done(self) -> float:
        """Share of the training time that is over."""
        return self.spent / (self.settings.minutes * 60)

    def loss(self) -> tuple[torch.Tensor, Parts]:
        """What the next samples cost, and of which parts."""
        raise NotImplementedError

    def look_for_hard_negatives(self) -> None:
        """Prefers from now on the empty samples in which the net is now most sure of a face."""
        raise NotImplementedError

    def advance(self) -> Parts:
        """One step; learning rate: short warm-up, then half a cosine over the training time."""
        start = time.perf_counter()
        cosine = (1 + math.cos(math.pi * min(1, self.done))) / 2
        rate = self.settings.rate * min(1, (self.step + 1) / WARM_UP) * (0.01 + 0.99 * cosine)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        loss, parts = self.loss()
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 10.0)
        self.optimiser.step()
        self._follow()
        self.step += 1
        self.spent += time.perf_counter() - start
        return parts

    def finish(self, measure: Callable[[nn.Module], object]) -> None:
        """Steps until the time is over, going on where it stopped; tells its progress, measures and saves every eight minutes (or at half)."""
        checkpoint = self.settings.work / "checkpoint.pt"
        if checkpoint.exists() and not self.settings.smoke:
            self._restore(checkpoint)
        elif self.settings.begin:
            self._begin(mean([torch.load(path)["average"] for path in self.settings.begin]))
        told = measured = self.spent
        every = min(480.0, self.settings.minutes * 30)
        seen: list[Parts] = []
        if self.step:
            self.look_for_hard_negatives()
        while self.done < 1:
            seen.append(self.advance())
            if self.spent - told > min(30.0, every / 3):
                parts = " ".join(f"{k} {np.mean([s[k] for s in seen]):.3f}" for k in seen[0])
                pace = len(seen) / (self.spent - told)
                print(f"{self.done:5.1%} step {self.step} {parts} {pace:.1f} steps/s", flush=True)
                told, seen = self.spent, []
            if self.spent - measured > every:
                self._save(checkpoint)
                print(f"held out: {measure(self.average)}", flush=True)
                self.look_for_hard_negatives()
                measured = self.spent
        self._save(checkpoint)

    @torch.no_grad()
    def _follow(self) -> None:
        keep = min(0.999, (1 + self.step) / (10 + self.step))
        for slow, fast in zip(self.average.state_dict().values(), self.net.state_dict().values()):
            if slow.dtype.is_floating_point:
                slow.mul_(keep).add_(fast, alpha=1 - keep)
            else:
                slow.copy_(fast)

    def _save(self, path: Path) -> None:
        state = {
            "net": self.net.state_dict(), "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(), "step": self.step, "spent": self.spent,
            "random": self.random.bit_generator.state}
        torch.save(state, path.with_suffix(".partial"))
        path.with_suffix(".partial").replace(path)

    def _begin(self, weights: dict[str, torch.Tensor]) -> None:
        """Takes other runs' averaged weights, their steps not counted."""
        self.net.load_state_dict(weights)
        self.average.load_state_dict(weights)

    def _restore(self, path: Path) -> None:
        state = torch.load(path)
        self.net.load_state_dict(state["net"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.spent = state["step"], state["spent"]
        self.random.bit_generator.state = state["random"]
        print(f"going on at step {self.step}, {self.done:.0%} done", flush=True)
