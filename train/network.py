"""The network: transformers' MarianMTModel, and a training loss that is cheap on a CPU."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import MarianConfig, MarianMTModel

from train.config import ModelConfig
from train.errors import TrainError
from train.vocabulary import EOS_ID

GUIDED_HEAD = 0  # of each cross-attention: the one that learns the word alignment


def build(
    config: ModelConfig, vocabulary: int, seed: int, *, attention: str = "eager"
) -> MarianMTModel:
    """A new network with Glorot-uniform weights (Glorot and Bengio 2010), as original Marian.

    `attention` is transformers' name of the way it is computed: "eager", or "sdpa" for a GPU.
    """
    torch.manual_seed(seed)
    pad = vocabulary - 1
    marian = MarianConfig(
        vocab_size=vocabulary,
        d_model=config.width,
        encoder_layers=config.encoder_layers,
        decoder_layers=config.decoder_layers,
        encoder_attention_heads=config.heads,
        decoder_attention_heads=config.heads,
        encoder_ffn_dim=config.ffn,
        decoder_ffn_dim=config.ffn,
        max_position_embeddings=512,
        activation_function="relu",
        dropout=config.dropout,
        scale_embedding=True,
        pad_token_id=pad,
        eos_token_id=EOS_ID,
        forced_eos_token_id=None,
        decoder_start_token_id=pad,
        tie_word_embeddings=True,
        share_encoder_decoder_embeddings=True,
    )
    marian._attn_implementation = attention
    model = MarianMTModel(marian)
    for module in model.modules():
        if isinstance(module, nn.Linear) and module is not model.lm_head:
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    nn.init.normal_(model.get_input_embeddings().weight, std=config.width**-0.5)
    zero_padding(model)
    return model


def set_weights(model: MarianMTModel, vector: Tensor) -> None:
    """Put all weights of a network, in one vector, into it."""
    parameters = [p for p in model.parameters() if p.requires_grad]
    parts = vector.detach().split([p.numel() for p in parameters])
    for parameter, part in zip(parameters, parts, strict=True):
        parameter.data.copy_(part.view_as(parameter))


def zero_padding(model: MarianMTModel) -> None:
    """Keep the padding row zero: CTranslate2 starts the decoder from a zero vector."""
    with torch.no_grad():
        model.get_input_embeddings().weight[model.config.pad_token_id].zero_()


def start_from(folder: Path, prepared: Path, models: Sequence[MarianMTModel]) -> None:
    """Give `models` the weights of a model folder that has the vocabulary of `prepared`."""
    if not (folder / "config.json").is_file():
        raise TrainError(f"no model in {folder}; give a folder that `export` has written")
    if (folder / "vocab.json").read_bytes() != (prepared / "vocab.json").read_bytes():
        raise TrainError(
            f"{folder} has another vocabulary than {prepared}; prepare with --vocabulary {folder}"
        )
    weights = MarianMTModel.from_pretrained(folder, dtype=torch.float32).state_dict()
    try:
        for model in models:
            model.load_state_dict(weights)
    except RuntimeError as error:
        raise TrainError(f"{folder} has another shape than the recipe's [model]") from error


def blended(model: MarianMTModel, folder: Path, prepared: Path, share: float) -> MarianMTModel:
    """A float32 copy of `model` in which `share` of each weight is that of a model folder."""
    ours, theirs = MarianMTModel(model.config).float(), MarianMTModel(model.config).float()
    ours.load_state_dict(model.state_dict())
    start_from(folder, prepared, [theirs])
    with torch.no_grad():
        for one, other in zip(ours.parameters(), theirs.parameters(), strict=True):
            one.lerp_(other, share)
    return ours


@dataclass(frozen=True, slots=True)
class Loss:
    """Sums over the target pieces of a batch: what is minimised, and its parts."""

    total: Tensor  # scalar, mean per piece, with gradient
    likelihood: float  # mean negative log-likelihood of a piece, nats, without smoothing
    alignment: float  # mean negative log-probability of the aligned source position


class Trainer(nn.Module):  # type: ignore[misc]
    """MarianMTModel with the loss of training: label smoothing and guided alignment.

    The logits are computed at real target positions only, and without the padding class: a
    decoder never writes it. The guided head is computed a second time from the inputs of the
    cross-attention, so that all heads keep the fast attention of torch.
    """

    def __init__(self, model: MarianMTModel, smoothing: float):
        super().__init__()
        self.model = model
        self.smoothing = smoothing
        self._queries: list[tuple[nn.Module, Tensor, Tensor]] = []
        for layer in model.model.decoder.layers:
            layer.encoder_attn.register_forward_pre_hook(self._remember, with_kwargs=True)

    def _remember(self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self._queries.append((module, args[0], kwargs["key_value_states"]))

    def forward(self, source: Tensor, target: Tensor, partner: Tensor, align_weight: float) -> Loss:
        """Loss of a batch: ids B x S, B x T, partners B x T (negative where there is none)."""
        self._queries.clear()
        pad = self.model.config.pad_token_id
        given = torch.cat([target.new_full((len(target), 1), pad), target[:, :-1]], dim=1)
        mask = source != pad
        hidden = self.model.model(
            input_ids=source, attention_mask=mask, decoder_input_ids=given, use_cache=False
        ).last_hidden_state
        real = (target != pad).flatten().nonzero().squeeze(1)
        states = hidden.flatten(0, 1)[real]
        labels = target.flatten()[real]
        weight = self.model.get_output_embeddings().weight[:pad]
        bias = self.model.final_logits_bias[0, :pad]
        smooth, likelihood = _SmoothedLoss.apply(states, weight, bias, labels, self.smoothing)
        if align_weight == 0 or not (partner >= 0).any():
            return Loss(smooth, float(likelihood), 0.0)
        alignment = self._alignment(mask, partner)
        total = smooth + align_weight * alignment
        return Loss(total, float(likelihood), float(alignment.detach()))

    def _alignment(self, mask: Tensor, partner: Tensor) -> Tensor:
        """Chen et al. 2016: cross-entropy of one head's attention against the word alignment."""
        losses = []
        chosen = partner >= 0
        for attention, queries, keys in self._queries:
            head = slice(GUIDED_HEAD * attention.head_dim, (GUIDED_HEAD + 1) * attention.head_dim)
            q = _project(attention.q_proj, queries, head)
            k = _project(attention.k_proj, keys, head)
            scores = torch.matmul(q, k.transpose(1, 2)).float() * attention.scaling
            scores = scores.masked_fill(~mask[:, None], torch.finfo(torch.float32).min)
            losses.append(functional.cross_entropy(scores[chosen], partner[chosen]))
        return torch.stack(losses).mean()


def _project(linear: nn.Linear, inputs: Tensor, head: slice) -> Tensor:
    return functional.linear(inputs, linear.weight[head], linear.bias[head])


class _SmoothedLoss(torch.autograd.Function):  # type: ignore[misc]
    """Label-smoothed cross-entropy of `states @ weight.T + bias`, the gradients computed forwards.

    The bias is the model's own and is not trained.

    In slices of rows that stay in the cache; the logits are in bf16 where the states are, the
    softmax in float32. Returns the smoothed loss and the plain likelihood, means per row.
    """

    ROWS = 256
    ROWS_ON_GPU = 2048

    @staticmethod
    def forward(
        ctx: Any, states: Tensor, weight: Tensor, bias: Tensor, labels: Tensor, smoothing: float
    ) -> tuple[Tensor, Tensor]:
        low = weight.to(states.dtype)
        classes, rows = len(weight), len(states)
        grad_states = torch.empty_like(states)
        grad_weight = torch.zeros_like(weight, dtype=torch.float32)
        smooth = plain = torch.zeros((), device=states.device)
        step = _SmoothedLoss.ROWS_ON_GPU if states.is_cuda else _SmoothedLoss.ROWS
        for start in range(0, rows, step):
            part = slice(start, start + step)
            chosen = labels[part, None]
            logits = (states[part] @ low.t()).float()
            logits += bias
            logits -= logits.amax(1, keepdim=True)
            picked, mean = logits.gather(1, chosen), logits.mean(1, keepdim=True)
            sums = logits.exp_().sum(1, keepdim=True)
            spread = sums.log()
            plain = plain + (spread - picked).sum()
            smooth = smooth + (spread - (1 - smoothing) * picked - smoothing * mean).sum()
            grad = logits.mul_(1 / (sums * rows)).sub_(smoothing / classes / rows)
            grad.scatter_add_(1, chosen, torch.full_like(picked, (smoothing - 1) / rows))
            grad = grad.to(states.dtype)
            grad_states[part] = grad @ low
            grad_weight += grad.t() @ states[part]
        ctx.save_for_backward(grad_states, grad_weight)
        plain = plain / rows
        ctx.mark_non_differentiable(plain)
        return smooth / rows, plain

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, None, None, None]:
        grad_states, grad_weight = ctx.saved_tensors
        return grad_states * grads[0], grad_weight * grads[0], None, None, None
