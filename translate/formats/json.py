"""JSON: every block and segment with its source, target, score and findings."""

import json
from typing import Any

from translate.document import Finding, TranslatedBlock, TranslatedSegment, Translation
from translate.formats.base import Format
from translate.notation import markup


def write(translation: Translation) -> bytes:
    """One JSON object; docs/formats.md names its fields."""
    return (json.dumps(as_dict(translation), ensure_ascii=False, indent=2) + "\n").encode()


def as_dict(translation: Translation) -> dict[str, Any]:
    """The translation as plain values, as `write` prints them."""
    return {
        "source_language": "fr",
        "target_language": "en",
        "model": translation.model,
        "engine": translation.engine,
        "findings": _findings(translation.findings),
        "blocks": [_block(block) for block in translation.blocks],
        "text": markup.shown(translation.text),
    }


def _block(block: TranslatedBlock) -> dict[str, Any]:
    return {
        "kind": block.block.kind.value,
        "language": block.block.language.value,
        "skipped": block.skipped,
        "segments": [_segment(segment) for segment in block.segments],
    }


def _segment(segment: TranslatedSegment) -> dict[str, Any]:
    return {
        "start": segment.segment.start,
        "end": segment.segment.end,
        "language": segment.segment.language.value,
        "source": markup.shown(segment.source),
        "target": markup.shown(segment.target),
        "origin": segment.origin.value,
        "score": None if segment.score is None else round(segment.score, 4),
        "alternatives": [
            {"text": markup.shown(other.text), "score": round(other.score, 4)}
            for other in segment.alternatives
        ],
        "matches": [
            {
                "score": match.score,
                "source": markup.shown(match.source),
                "target": markup.shown(match.target),
                "origin": match.origin,
            }
            for match in segment.matches
        ],
        "findings": _findings(segment.findings),
    }


def _findings(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [finding.as_dict() for finding in findings]


FORMAT = Format(
    "json",
    (".json",),
    "application/json",
    "every block and sentence with its source, score, alternatives and findings",
    write=write,
    for_any=True,
)
