"""The cheap loss is the loss of torch; the schedule is the recipe's."""

import pytest
import torch
from torch.nn import functional

from train.config import FitConfig, ModelConfig
from train.fit import align_weight, learning_rate
from train.network import Trainer, build

SMALL = ModelConfig(encoder_layers=1, decoder_layers=1, width=32, heads=2, ffn=64)


def batch() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(4)
    source = torch.randint(0, 50, (6, 8), generator=generator)
    target = torch.randint(0, 50, (6, 16), generator=generator)
    source[0, 5:] = target[1, 9:] = 50
    return source, target, torch.randint(-1, 5, (6, 16), generator=generator)


@pytest.mark.parametrize("attention", ["eager", "sdpa"])
def test_loss_and_gradients_are_those_of_torch(attention: str) -> None:
    source, target, partner = batch()
    ours = build(SMALL, 51, seed=2, attention=attention)
    theirs = build(SMALL, 51, seed=2)
    loss = Trainer(ours, smoothing=0.1)(source, target, partner, 0.0)
    loss.total.backward()
    start = torch.full((6, 1), 50)
    logits = theirs(
        input_ids=source,
        attention_mask=source != 50,
        decoder_input_ids=torch.cat([start, target[:, :-1]], 1),
    ).logits[..., :50]
    expected = functional.cross_entropy(
        logits.flatten(0, 1), target.flatten(), ignore_index=50, label_smoothing=0.1
    )
    expected.backward()
    assert loss.total.item() == pytest.approx(expected.item(), rel=1e-5)
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        if mine.requires_grad:
            torch.testing.assert_close(mine.grad, other.grad, atol=1e-6, rtol=1e-4)
    assert not ours.get_input_embeddings().weight.grad[50].any()


def test_guided_alignment_moves_only_its_head() -> None:
    source, target, partner = batch()
    gradients = []
    for weight in (0.0, 1.0):
        model = build(SMALL, 51, seed=2)
        Trainer(model, smoothing=0.1)(source, target, partner, weight).total.backward()
        gradients.append(model.model.decoder.layers[0].encoder_attn.q_proj.weight.grad)
    changed = (gradients[0] - gradients[1]).abs().amax(dim=1) > 1e-7
    assert changed[:16].all()
    assert not changed[16:].any()


def test_batch_without_alignment_has_a_finite_loss() -> None:
    source, target, partner = batch()
    loss = Trainer(build(SMALL, 51, seed=2), smoothing=0.1)(source, target, partner * 0 - 1, 1.0)
    assert torch.isfinite(loss.total)
    assert loss.alignment == 0


def test_guided_alignment_is_learnt() -> None:
    source, target, partner = batch()
    trainer = Trainer(build(SMALL, 51, seed=2), smoothing=0.0)
    adam = torch.optim.Adam(trainer.parameters(), lr=3e-3)
    losses = []
    for _ in range(60):
        loss = trainer(source, target, partner, 1.0)
        adam.zero_grad()
        loss.total.backward()
        adam.step()
        losses.append(loss.alignment)
    assert losses[-1] < 0.3 * losses[0]


@pytest.mark.parametrize(
    ("decay", "step", "share", "expected"),
    [
        ("linear", 0, 0.0, 0.01),
        ("linear", 99, 0.0, 1.0),
        ("linear", 500, 0.75, 0.25),
        ("linear", 500, 1.1, 0.0),
        ("inverse_sqrt", 49, 0.5, 0.5),
        ("inverse_sqrt", 399, 0.5, 0.5),
    ],
)
def test_learning_rate(decay: str, step: int, share: float, expected: float) -> None:
    fit = FitConfig(learning_rate=1.0, warmup=100, decay=decay)
    assert learning_rate(fit, step, share) == pytest.approx(expected)


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0.2), (0.25, 0.1), (0.5, 0.0), (0.9, 0.0)])
def test_alignment_weight_decays(share: float, expected: float) -> None:
    fit = FitConfig(align_weight=0.2, align_until=0.5)
    assert align_weight(fit, share) == pytest.approx(expected)
