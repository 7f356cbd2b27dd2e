"""Trains the recurrent part on made sequences and compares it fairly with single frames and moving averages."""

import math
import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from .network import Cell
from .sequences import FRAMES, Seen

HIDDEN = 64


def train(seen: Seen, check: Seen, kind: str, epochs: int, seed: int) -> Cell:
    """Adam with one cycle; the epoch with the best loss on `check` (sequences of Valid faces) is kept."""
    torch.manual_seed(seed)
    cell = Cell(seen.embedding.shape[-1], HIDDEN, kind)
    optimiser = torch.optim.AdamW(cell.parameters(), 3e-3, weight_decay=0.01)
    count, batch = len(seen.truth), 64
    steps = math.ceil(count / batch)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=epochs * steps)
    best, kept = math.inf, {}
    for epoch in range(epochs):
        began, total = time.time(), 0.0
        for rows in torch.randperm(count).split(batch):
            # The CNN knows the faces of Train; with the whole embedding the cell would learn to know them too.
            noisy = F.dropout(seen.embedding[rows], 0.5)
            answer = cell(noisy, seen.logits[rows], seen.elapsed[rows])
            loss = -(seen.target[rows] * F.log_softmax(answer, -1)).sum(-1).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(cell.parameters(), 1.0)
            optimiser.step()
            cycle.step()
            total += float(loss.detach()) * len(rows)
        with torch.no_grad():
            answer = cell(check.embedding, check.logits, check.elapsed)
            found = float(F.cross_entropy(answer.flatten(0, 1), check.truth.flatten()))
        if found < best:
            best, kept = found, {k: v.clone() for k, v in cell.state_dict().items()}
        print(f"{kind} {epoch + 1}/{epochs} loss {total / count:.4f} valid {found:.4f} "
              f"accuracy {float((answer.argmax(-1) == check.truth).float().mean()):.4f} {time.time() - began:.0f}s", flush=True)
    cell.load_state_dict(kept)
    return cell.eval()


@torch.no_grad()
def answers(cell: Cell, seen: Seen) -> torch.Tensor:
    return cell(seen.embedding, seen.logits, seen.elapsed)


@dataclass(frozen=True)
class Average:
    """An exponential moving average: of probabilities or logits, with a weight fixed a frame or falling with time."""

    space: str
    by: str
    amount: float  # weight of a new frame, or the time constant in seconds

    def __call__(self, seen: Seen) -> torch.Tensor:
        """Scores [N,T,8] whose greatest is the answer."""
        x = F.softmax(seen.logits, -1) if self.space == "probabilities" else seen.logits
        kept, out = x[:, 0], [x[:, 0]]
        for t in range(1, FRAMES):
            new = torch.full((len(x), 1), self.amount)
            if self.by == "time":
                new = 1 - torch.exp(-seen.elapsed[:, t:t + 1] / self.amount)
            kept = kept + new * (x[:, t] - kept)
            out.append(kept)
        return torch.stack(out, 1)


def best_average(check: Seen) -> Average:
    """The most accurate of 48 moving averages on Valid sequences."""
    tried = [Average(space, "frame", amount) for space in ("probabilities", "logits")
             for amount in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)]
    tried += [Average(space, "time", amount) for space in ("probabilities", "logits")
              for amount in (0.02, 0.05, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1.0)]
    return max(tried, key=lambda average: accuracy(average(check), check))


def accuracy(answer: torch.Tensor, seen: Seen) -> float:
    return float((answer.argmax(-1) == seen.truth).float().mean())


def delay(answer: torch.Tensor, seen: Seen) -> tuple[float, float]:
    """Mean frames and seconds from a change of expression until the answer is right for two frames running.

    A change never followed within its stretch counts with the stretch's whole length, so that being stubborn costs.
    """
    right = (answer.argmax(-1) == seen.truth).numpy()
    truth, elapsed = seen.truth.numpy(), seen.elapsed.numpy()
    frames, seconds = [], []
    for n in range(len(truth)):
        edges = [0, *(np.flatnonzero(np.diff(truth[n])) + 1), FRAMES]
        for start, end in zip(edges[1:], edges[2:]):
            if end - start < 3:
                continue
            both = np.flatnonzero(right[n, start:end - 1] & right[n, start + 1:end])
            waited = int(both[0]) if len(both) else end - start
            frames.append(waited)
            seconds.append(float(elapsed[n, start + 1:start + 1 + waited].sum()))
    return float(np.mean(frames)), float(np.mean(seconds))


def compare(seen: Seen, steady: Seen, average: Average, cells: dict[str, Cell]) -> list[dict]:
    """The table of the model card: one row a method, on the same sequences."""
    methods = {"single frame": (seen.logits, steady.logits),
               "best moving average": (average(seen), average(steady))}
    methods |= {name: (answers(cell, seen), answers(cell, steady)) for name, cell in cells.items()}
    rows = []
    for name, (answer, calm) in methods.items():
        frames, seconds = delay(answer, seen)
        rows.append({"method": name, "accuracy": round(accuracy(answer, seen), 4), "delayFrames": round(frames, 2),
                     "delaySeconds": round(seconds, 3), "steadyAccuracy": round(accuracy(calm, steady), 4)})
    return rows
