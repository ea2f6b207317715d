"""How blocks, drafts and findings stand in a column of the store: as JSON."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from translate.document import (
    Block,
    Finding,
    Hypothesis,
    Kind,
    Language,
    Match,
    Origin,
    Segment,
    Severity,
    TranslatedSegment,
)
from ui.records import Made, Row


def load_row(line: sqlite3.Row, segment: Segment) -> Row:
    """A line of the table `rows`, or of `history` with its block."""
    return Row(
        position=line["position"],
        block=line["block"],
        segment=segment,
        source=line["source"],
        draft=_load_draft(line["draft"], segment, line["source"]),
        edited=line["edited"],
        findings=load_findings(line["findings"]),
        confirmed=bool(line["confirmed"]),
        version=line["version"],
        made=Made(line["made"]),
        who=line["who"],
    )


def dump_blocks(blocks: Iterable[Block]) -> str:
    """Blocks with their segments, as arrays."""
    return json.dumps(
        [
            [b.start, b.end, b.kind, b.language, [[s.start, s.end, s.language] for s in b.segments]]
            for b in blocks
        ]
    )


def load_blocks(text: str) -> tuple[Block, ...]:
    """Blocks as they were stored."""
    return tuple(
        Block(
            start,
            end,
            Kind(kind),
            Language(language),
            tuple(Segment(first, last, Language(code)) for first, last, code in segments),
        )
        for start, end, kind, language, segments in json.loads(text)
    )


def dump_draft(draft: TranslatedSegment) -> str:
    """A draft without its segment and its French, which have columns of their own."""
    values: dict[str, Any] = {
        "target": draft.target,
        "origin": draft.origin,
        "score": draft.score,
        "alternatives": [[other.text, other.score] for other in draft.alternatives],
        "findings": [asdict(finding) for finding in draft.findings],
        "matches": [asdict(match) for match in draft.matches],
    }
    return json.dumps(values, ensure_ascii=False)


def _load_draft(text: str | None, segment: Segment, source: str) -> TranslatedSegment | None:
    if text is None:
        return None
    values = json.loads(text)
    return TranslatedSegment(
        segment,
        source,
        values["target"],
        Origin(values["origin"]),
        values["score"],
        tuple(Hypothesis(other, score) for other, score in values["alternatives"]),
        tuple(_finding(finding) for finding in values["findings"]),
        tuple(Match(**match) for match in values.get("matches", ())),  # earlier stores have none
    )


def dump_findings(findings: Iterable[Finding]) -> str:
    """Findings with their codes and values."""
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False)


def load_findings(text: str | None) -> tuple[Finding, ...]:
    """Findings as they were stored, by this version or an earlier one."""
    return tuple(_finding(values) for values in json.loads(text or "[]"))


def _finding(values: dict[str, Any]) -> Finding:
    """A finding; stores of earlier versions have its sentence in the place of code and values."""
    code = values.get("code") or f"{values['check']}.told"
    said = values["values"] if "values" in values else [values["message"]]
    return Finding(code, Severity(values["severity"]), tuple(said))
