import asyncio
from pathlib import Path

import pytest

from tests.translate.cli.test_cli import GERMAN_ARTICLE
from tests.ui.helpers import ARTICLE, CAPTION, LONG_ARTICLE, Backwards, Gated, english, wait_until
from translate.document import Kind, Severity
from translate.errors import InputError, UsageError
from translate.pipeline import analyse
from translate.terms.termbase import Term, Termbase
from translate.work import Work
from ui.choices import Choices, Menu
from ui.desk import Desk
from ui.lane import Lanes, in_thread
from ui.names import file_name, one_line
from ui.pending import portions
from ui.records import Job, Row, Status
from ui.store import Store
from ui.terms import Terms
from ui.views import as_row
from ui.worker import Worker

MENU = Menu(("builtin",))


def start(desk: Desk, text: str = ARTICLE, *, owner: str = "me", **settings: str | int) -> Job:
    choices = MENU.choose(settings)
    article = asyncio.run(desk.article(text, markdown=False))
    return desk.start(owner, "a.txt", article, choices)


def finished(desk: Desk, job: Job) -> Job:
    def over() -> bool:
        found = desk.store.job(job.id, job.owner)
        return found is not None and found.status is not Status.RUNNING

    wait_until(over)
    found = desk.store.job(job.id, job.owner)
    assert found is not None
    return found


def row(desk: Desk, job: Job, position: int) -> Row:
    found = desk.store.row(job, position)
    assert found is not None
    return found


def test_an_article_is_translated_and_its_caption_is_kept(desk: Desk) -> None:
    job = finished(desk, start(desk))
    assert job.status is Status.DONE
    assert (job.model, job.engine) == ("fake", "fake")
    text = desk.translation(job).text
    assert CAPTION in text
    assert "euqilbup" not in text
    assert "elliv" in text  # "ville", backwards
    assert text.count("\n\n") == ARTICLE.count("\n\n")


def test_a_row_in_english_notation_says_so(desk: Desk) -> None:
    job = finished(desk, start(desk, "Inflation\t32,5 %\t1 200\n\nLe maire part.\n\n@anna\n"))
    said = {row["french"]: row["notation"] for row in map(as_row, desk.store.rows(job))}
    assert said["32,5 %"]
    assert not said["Le maire part."]
    assert not said["@anna"]


def test_the_desk_says_the_same_as_the_command_line(desk: Desk, translator: Backwards) -> None:
    from translate.pipeline import translate_document

    job = finished(desk, start(desk))
    wanted = translate_document(job.document, translator, Choices(model="builtin").way().settings)
    assert desk.translation(job) == wanted


def test_an_edit_is_in_the_translation_and_can_be_taken_back(desk: Desk) -> None:
    job = finished(desk, start(desk))
    desk.edit(job, 0, "Marsanne opens its museum")
    assert desk.translation(job).text.startswith("Marsanne opens its museum\n\n")
    desk.edit(job, 0, None)
    assert row(desk, job, 0).edited is None


def test_an_edit_is_checked_as_a_draft_is(desk: Desk) -> None:
    job = finished(desk, start(desk))
    position = next(r.position for r in desk.store.rows(job) if "12 millions" in r.source)
    changed = desk.edit(job, position, "It cost 13 million euros.")
    assert changed is not None
    assert [finding.check for finding in changed.findings] == ["numbers"]
    assert changed.findings[0].severity is Severity.ERROR
    changed = desk.edit(job, position, "It cost 12 million euros.")
    assert changed is not None
    assert changed.findings == ()


def test_typing_the_draft_again_is_no_edit(desk: Desk) -> None:
    job = finished(desk, start(desk))
    draft = row(desk, job, 1).draft
    assert draft is not None
    changed = desk.edit(job, 1, draft.target)
    assert changed is not None
    assert changed.edited is None


def test_a_corrected_sentence_is_translated_again(desk: Desk) -> None:
    job = finished(desk, start(desk))
    desk.edit(job, 1, "an edit that goes")
    changed = desk.again(job, 1, "Le maire  a inauguré\nlundi le musée.")
    assert changed is not None
    assert changed.source == "Le maire a inauguré lundi le musée."
    assert changed.english == english(changed.source)[0]
    assert changed.edited is None
    with pytest.raises(InputError, match="empty"):
        desk.again(job, 1, "   ")


def test_the_terms_of_the_desk_are_kept_to(tmp_path: Path) -> None:
    translator = Backwards()
    translator.placeholders = ("⟦0⟧",)
    desk = Desk(
        Store(tmp_path / "desk.sqlite"),
        Worker(lambda model, engine: translator),
        Lanes(in_thread),
        max_article=99_999,
        terms=Terms(base=Termbase((Term("musée", "museum"),))),
    )
    job = finished(desk, start(desk))
    assert "museum" in row(desk, job, 0).english
    edited = desk.edit(job, 0, "Marsanne opens")
    assert edited is not None
    assert "terms" in [finding.check for finding in edited.findings]
    again = desk.again(job, 0, "Le musée ouvre")
    assert again is not None
    assert "museum" in again.english
    desk.close()


def test_stop_stops_and_resume_goes_on(tmp_path: Path) -> None:
    translator = Gated()
    store = Store(tmp_path / "desk.sqlite")
    desk = Desk(
        store, Worker(lambda model, engine: translator), Lanes(in_thread), max_article=99_999
    )
    job = start(desk, LONG_ARTICLE)
    assert translator.begun.wait(10)
    desk.stop(job)
    translator.gate.set()
    desk.worker.close()
    assert [r.position for r in store.rows(job) if r.draft] == []
    stopped = store.job(job.id, "me")
    assert stopped is not None
    assert stopped.status is Status.STOPPED

    again = Desk(
        store, Worker(lambda model, engine: translator), Lanes(in_thread), max_article=99_999
    )
    again.resume(stopped)
    assert finished(again, job).status is Status.DONE
    assert all(r.draft for r in store.rows(job))
    again.close()


def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    class Half(Backwards):
        def translate_batch(self, sources, **how):  # type: ignore[no-untyped-def]
            if self.calls and sources:
                gate.gate.wait(20)
            return super().translate_batch(sources, **how)

    gate = Gated()
    half = Half()
    first = Desk(
        Store(tmp_path / "desk.sqlite"),
        Worker(lambda m, e: half),
        Lanes(in_thread),
        max_article=99_999,
    )
    job = start(first, LONG_ARTICLE)
    wait_until(lambda: any(r.draft for r in first.store.rows(job)))
    done = [r.position for r in first.store.rows(job) if r.draft]
    first.edit(job, done[0], "edited before the end")
    for running in list(first._tasks.values()):
        first.worker.cancel(running)  # as a killed process: nothing is written any more
    gate.gate.set()
    first.close()

    translator = Backwards()
    second = Desk(
        Store(tmp_path / "desk.sqlite"),
        Worker(lambda m, e: translator),
        Lanes(in_thread),
        max_article=99_999,
    )
    opened = second.open(job.id, "me")
    assert opened is not None
    assert finished(second, opened).status is Status.DONE
    rows = second.store.rows(opened)
    assert all(r.draft for r in rows)
    assert rows[done[0]].english == "edited before the end"
    assert not set(translator.seen) & {half.seen[0]}  # what was done is not done again
    second.close()


def test_a_deleted_article_is_gone_though_the_engine_works_on_it(tmp_path: Path) -> None:
    translator = Gated()
    desk = Desk(
        Store(tmp_path / "desk.sqlite"),
        Worker(lambda m, e: translator),
        Lanes(in_thread),
        max_article=99_999,
    )
    job = start(desk)
    assert translator.begun.wait(10)
    desk.delete(job)
    translator.gate.set()
    wait_until(lambda: desk.worker.waiting == 0)
    assert desk.open(job.id, "me") is None
    assert desk.recent("me") == []
    desk.close()


@pytest.mark.parametrize(
    ("furniture", "there"), [("translate", False), ("keep", True), ("skip", False)]
)
def test_furniture_is_translated_kept_or_left_out(desk: Desk, furniture: str, there: bool) -> None:
    page = "Partager sur Facebook\n\n" + ARTICLE + "\nTous droits réservés\n"
    document = analyse(page)
    assert Kind.FURNITURE in {block.kind for block in document.blocks}
    job = finished(desk, start(desk, page, furniture=furniture))
    text = desk.translation(job).text
    assert ("Partager sur Facebook" in text) is there
    assert ("Share on Facebook" in text) is (furniture == "translate")


def test_an_edited_menu_has_no_missing_names(desk: Desk) -> None:
    page = "# Un titre\n\nUne phrase.\n\nPartager sur Facebook Partager sur WhatsApp\n"
    job = finished(desk, start(desk, page))
    (menu,) = [row for row in desk.store.rows(job) if "WhatsApp" in row.source]
    row = desk.edit(job, menu.position, "Share on Facebook or WhatsApp")
    assert row is not None
    assert row.edited == "Share on Facebook or WhatsApp"
    assert row.findings == ()


def test_what_is_not_french_is_refused_before_it_is_stored(desk: Desk) -> None:
    with pytest.raises(InputError):
        start(desk, "   ")
    with pytest.raises(InputError, match="not French"):
        start(desk, GERMAN_ARTICLE)
    assert desk.recent("me") == []


def test_an_article_that_is_too_long_is_said_with_the_limit(desk: Desk) -> None:
    with pytest.raises(InputError, match="20,000 at most"):
        start(desk, "Le chat dort. " * 2000)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"beam": 99}, "1 to 8"),
        ({"beam": "4"}, "whole number"),
        ({"furniture": "burn"}, "translate, keep, skip"),
        ({"marks": "round"}, "curly, straight"),
        ({"model": "/etc"}, "this desk has: builtin"),
        ({"colour": "red"}, "no setting 'colour'"),
    ],
)
def test_unknown_settings_name_what_there_is(values: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        MENU.choose(values)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("article.txt", "article.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\..\\a.md", "a.md"),
        ("a\x00b\x1b[31m.txt", "a b [31m.txt"),
        ("...", "article"),
        ("", "article"),
        ("x" * 500, "x" * 120),
        ("\u202egnp.exe", "gnp.exe"),
    ],
)
def test_file_names_are_not_trusted(name: str, wanted: str) -> None:
    assert file_name(name) == wanted


def test_a_title_keeps_its_slashes() -> None:
    assert one_line("Budget 2026/2027 :\n la suite") == "Budget 2026/2027 : la suite"


def test_portions_cover_every_block_once_and_begin_small() -> None:
    document = analyse(LONG_ARTICLE)
    seen: list[int] = []
    work = list(
        portions(
            Work(document, Choices().way().settings),
            lambda blocks, by: seen.extend(block.block.start for block in blocks),
        )
    )
    from translate.drafting.ladder import draft

    for portion in work:
        portion.deliver(draft(portion.sources, Backwards(), Choices().way().settings), Backwards())
    assert seen == [block.start for block in document.blocks]
    assert len(work[0].sources) <= 6
