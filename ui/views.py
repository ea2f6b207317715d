"""Articles and rows as the page gets them: plain values for JSON."""

from typing import Any

from translate.document import Finding, Origin, Severity
from translate.drafting.confidence import confidence as judged
from translate.findings import READERS, sentence
from translate.notation import quotes
from translate.notation.markup import shown
from translate.terms.termbase import Term
from ui.desk import Desk
from ui.exports import endings_of
from ui.records import Comment, Job, Row


def whole(desk: Desk, job: Job) -> dict[str, Any]:
    """An article with its blocks and all of its rows."""
    blocks = [
        {"kind": block.kind, "language": block.language, "rows": len(block.segments)}
        for block in job.document.blocks
    ]
    # the version is read before the rows: what is written in between is streamed again
    rows = [as_row(row) for row in desk.store.rows(job)]
    return {**as_state(desk, job), "blocks": blocks, "rows": rows}


def as_state(desk: Desk, job: Job) -> dict[str, Any]:
    """How far an article is, and which rows have comments."""
    return {
        "id": job.id,
        "name": job.name,
        "title": job.title,
        "status": job.status,
        "error": job.error,
        "model": job.model,
        "engine": job.engine,
        "seconds": round(job.seconds, 2),
        "version": job.version,
        "shape": job.shape,
        "comments": desk.store.commented(job.id),
        "ending": endings_of(job)[-1] if job.form else "",
        "settings": job.choices,
        "notes": [said(finding) for finding in job.findings],
    }


def said(finding: Finding) -> dict[str, Any]:
    """A finding with its sentence for readers of either language."""
    said = {reader: sentence(finding.code, finding.values, reader) for reader in READERS}
    return {"check": finding.check, "severity": finding.severity, "said": said}


def as_row(row: Row) -> dict[str, Any]:
    """A row as the page shows it; the alternatives come when it is opened."""
    return {
        "position": row.position,
        "block": row.block,
        "language": row.segment.language,
        "quotation": bool(quotes.marks(row.source)),
        "french": shown(row.source),
        "english": shown(row.english) if row.draft else None,
        "origin": row.draft.origin if row.draft else None,
        "notation": is_in_english_notation(row),
        "confidence": confidence(row),
        "match": row.draft.matches[0].score if row.draft and row.draft.matches else None,
        "findings": [said(finding) for finding in row.findings],
        "edited": row.edited is not None,
        "confirmed": row.confirmed,
        "look": needs_look(row),
        "version": row.version,
    }


def is_in_english_notation(row: Row) -> bool:
    """Whether a row was not translated, but its numbers are written as English writes them."""
    draft = row.draft
    return draft is not None and draft.origin is Origin.KEPT and draft.target != row.source


def needs_look(row: Row) -> bool:
    """Whether the reviser has something to do here: a finding that nobody has confirmed."""
    grave = any(finding.severity is not Severity.INFO for finding in row.findings)
    return grave and not row.confirmed


def detail(row: Row) -> dict[str, Any]:
    """A row with its draft and the other hypotheses of the beam."""
    draft = row.draft
    others = [shown(other.text) for other in draft.alternatives] if draft else []
    matches = [
        {
            "score": match.score,
            "french": shown(match.source),
            "english": shown(match.target),
            "origin": match.origin,
        }
        for match in (draft.matches if draft else ())
    ]
    return {
        **as_row(row),
        "draft": shown(draft.target) if draft else None,
        "alternatives": others,
        "matches": matches,
    }


def as_comment(comment: Comment) -> dict[str, Any]:
    """What somebody noted about a row."""
    return {"id": comment.id, "text": comment.text, "who": comment.who, "at": comment.at}


def as_term(term: Term) -> dict[str, str]:
    """A term with its English, the first one to be written."""
    return {"french": term.french, "english": term.written}


def confidence(row: Row) -> str | None:
    """How sure the draft is, in one of three plain words; None where no model was asked."""
    if row.draft is None or row.draft.score is None:
        return None
    return judged(row.source, row.draft.score, row.findings).value


def past(at: float, row: Row) -> dict[str, Any]:
    """What a row was once, with the time of its writing in seconds since 1970."""
    return {
        "version": row.version,
        "made": row.made,
        "who": row.who,
        "at": at,
        "french": shown(row.source),
        "english": shown(row.english),
        "confirmed": row.confirmed,
    }
