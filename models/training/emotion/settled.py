"""After the CNN has learned two answers: the mean of its weights before and after, and all three heads fitted to that."""

import copy
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from . import cover, damage
from .data import Faces, target_distribution
from .labels import FER2013_CLASSES, FER2013_MISSING, LABELS
from .network import Change, FaceNet
from .still import fast_context, has_bfloat16
from .twofold import Pairs, Plan, distance, original_labels

# How far from the net that it began from to the one that it became: on Valid, the mean of their weights keeps more of what each can do than
# either (Wortsman et al. 2022). FER+ everyday, balanced recall, neutral of it and made stills at 0, 0.2, 0.35, 0.5 and 1: 87.5, 78.3, 53, 57.3;
# 87.3, 79.4, 63, 60.2; 86.8, 79.7, 64, 62.0; 86.8, 78.4, 64, 63.6; 85.7, 77.5, 59, 67.5%.
TOWARD = 0.2
# In the fitted everyday answer: the adviser's share in the target, and what leaving the weights costs.
ADVICE, HOLD = 0.8, 1e-2
READ_EPOCHS, READ_BATCH = 12, 256  # of the change head
AGAIN = 4  # the London set's few pictures count so often


@dataclass
class Embedded:
    """What the settled CNN makes of damaged pictures; the heads are fitted to it."""

    voted: torch.Tensor  # [N,E] FER+ Train
    views: torch.Tensor  # [2,M,2,E] pairs, the London set's last, under two damages
    target: torch.Tensor  # [M,2,8]
    smiling: int  # pairs of the London set


def settle(first: FaceNet, learned: FaceNet) -> FaceNet:
    """The mean of both nets' weights."""
    net = copy.deepcopy(learned)
    before = first.state_dict()
    with torch.no_grad():
        for name, value in net.state_dict().items():
            if value.is_floating_point() and not name.startswith("shift"):
                value.copy_(torch.lerp(before[name], value, TOWARD))
    return net.eval()


def embed(net: FaceNet, faces: Faces, made: Pairs, smiles: Pairs, plan: Plan) -> Embedded:
    rng = torch.Generator().manual_seed(plan.seed)
    images, target = (torch.cat([getattr(made, name), *AGAIN * [getattr(smiles, name)]]) for name in ("images", "target"))
    voted = _embed(net, torch.from_numpy(faces.images), plan, rng)
    views = torch.stack([_embed(net, images.flatten(0, 1), plan, rng).unflatten(0, (-1, 2)) for _ in range(2)])
    return Embedded(voted, views, target, AGAIN * len(smiles.images))


def fit_heads(net: FaceNet, faces: Faces, advice: torch.Tensor, seen: Embedded) -> None:
    """Fits the everyday answer, then the shift of the balanced one half of the way, over embeddings that stay as they are."""
    target, heed = target_distribution(faces.votes)
    votes, heed = torch.from_numpy(target), torch.from_numpy(heed)
    made, smiling = (part.flatten(0, 1) for part in seen.views[0].split([len(seen.target) - seen.smiling, seen.smiling]))
    made_target, smile_target = (part.flatten(0, 1) for part in seen.target.split([len(seen.target) - seen.smiling, seen.smiling]))
    kept, wanted = [p.detach().clone() for p in net.classify.parameters()], votes.lerp(advice, ADVICE)

    def everyday(weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        missed = -(wanted * F.log_softmax(F.linear(seen.voted, weight.flatten(1), bias), 1)).sum(1) * heed
        return missed.mean() + 0.3 * distance(F.linear(smiling, weight.flatten(1), bias), smile_target) + HOLD * (weight - kept[0]).square().sum()

    _least(net.classify, everyday, 80)
    prior = ((votes * heed.unsqueeze(1)).sum(0) / heed.sum()).log().float()
    labels = original_labels(faces, target)
    known = labels != FER2013_MISSING
    original_prior = torch.from_numpy(np.log(np.bincount(labels[known], minlength=FER2013_CLASSES) / known.sum())).float()
    original, parts = torch.from_numpy(labels), (seen.voted, made, smiling)
    own, before = [net.answers(part)[0].detach() for part in parts], [p.detach().clone() for p in net.shift.parameters()]

    def shifted(weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        voted, drawn, smiles = (answer + F.linear(part, weight, bias) for answer, part in zip(own, parts))
        total = distance(voted + prior, votes * heed.unsqueeze(1)) + distance(drawn + made_target.mean(0).log(), made_target) + 0.1 * distance(smiles, smile_target)
        return total + F.cross_entropy(voted[:, :FER2013_CLASSES] + original_prior, original, ignore_index=FER2013_MISSING) + 1e-4 * weight.square().sum()

    _least(net.shift, shifted, 120)
    with torch.no_grad():
        for now, then in zip(net.shift.parameters(), before):
            now.lerp_(then, 0.5)


def _least(layer: nn.Module, loss, steps: int) -> None:
    """Gives a layer the weights with the least loss."""
    optimizer = torch.optim.LBFGS(layer.parameters(), max_iter=steps, history_size=20, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        found = loss(layer.weight, layer.bias)
        found.backward()
        return found

    optimizer.step(closure)


def read_change(seen: Embedded, plan: Plan) -> Change:
    """The change head: expressions against rests under the same or another damage, and, as often as each label, rests against themselves."""
    torch.manual_seed(plan.seed)
    rng = torch.Generator().manual_seed(plan.seed + 1)
    head = Change(seen.views.shape[-1])
    optimizer = torch.optim.AdamW(head.parameters(), 2e-3, weight_decay=0.02)
    steps = max(1, READ_EPOCHS * len(seen.target) // READ_BATCH)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps)
    for _ in range(steps):
        pick = torch.randint(len(seen.target), (READ_BATCH,), generator=rng)
        shown, rest = torch.randint(2, (2,), generator=rng).tolist()
        few = pick[:READ_BATCH // (len(LABELS) - 1)]
        change = torch.cat([seen.views[shown, pick, 1] - seen.views[rest, pick, 0], seen.views[0, few, 0] - seen.views[1, few, 0]])
        loss = distance(head(F.dropout(change, 0.2)), torch.cat([seen.target[pick, 1], seen.target[few, 0]]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        cycle.step()
    return head.eval()


@torch.no_grad()
def _embed(net: FaceNet, images: torch.Tensor, plan: Plan, rng: torch.Generator) -> torch.Tensor:
    """Embeddings of pictures under a camera's damage."""
    net.eval()
    parts = []
    for rows in images.split(256):
        shown = damage.apply(cover.some(rows, plan.covered, rng), damage.draw(len(rows), rng, plan.webcam), rng)
        with fast_context(has_bfloat16()):
            parts.append(net.features(shown.contiguous(memory_format=torch.channels_last)).float().mean((2, 3)))
    return torch.cat(parts).float()
