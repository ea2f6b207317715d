"""The real built-in model on the articles of examples/: what must hold whatever it can say."""

import subprocess
import sys
from pathlib import Path

import pytest

from translate import formats
from translate.document import Language, Origin, Severity, Translation
from translate.drafting import checks
from translate.engines import Translator
from translate.notation import quotes
from translate.notation.markup import TokenKind, parse_inline
from translate.pipeline import analyse, translate_document, translate_documents
from translate.settings import Settings
from translate.terms.termbase import read_termbase

ROOT = Path(__file__).parent.parent
ARTICLES = sorted(p for p in (ROOT / "examples").glob("*.*") if ".en." not in p.name)
ARTICLES = [path for path in ARTICLES if path.name not in ("README.md", "terms.tsv")]


@pytest.fixture(scope="module")
def translations(builtin: Translator) -> dict[str, Translation]:
    documents = [formats.read(p.read_bytes(), p.name) for p in ARTICLES]
    done = translate_documents(documents, builtin)
    return dict(zip([path.name for path in ARTICLES], done, strict=True))


@pytest.fixture(params=[path.name for path in ARTICLES])
def translation(
    request: pytest.FixtureRequest, translations: dict[str, Translation]
) -> Translation:
    return translations[request.param]


def test_every_block_is_there_in_english(translation: Translation) -> None:
    assert len(translation.blocks) == len(translation.document.blocks)
    french = [s for s in translation.segments() if s.segment.language is Language.FRENCH]
    assert len(french) > 10
    assert all(segment.target.strip() for segment in french)
    same = [s for s in french if s.target == s.source and len(s.source.split()) > 6]
    assert not same


def test_english_captions_are_byte_for_byte(translation: Translation) -> None:
    for segment in translation.segments():
        if segment.segment.language is Language.ENGLISH:
            assert (segment.target, segment.origin) == (segment.source, Origin.KEPT)


def test_the_web_page_keeps_its_two_captions(translations: dict[str, Translation]) -> None:
    translation = translations["page-web.txt"]
    captions = [b for b in translation.blocks if b.block.kind == "caption"]
    assert len(captions) == 2
    for caption in captions:
        original = translation.document.of(caption.block)
        assert caption.text(translation.document) == original
        assert original in translation.text


def test_links_and_addresses_are_byte_for_byte(translation: Translation) -> None:
    for segment in translation.segments():
        for token in parse_inline(segment.source):
            if token.kind is not TokenKind.TEXT:
                assert token.text in segment.target


def test_quotations_are_as_many_and_balanced_or_it_is_said(translation: Translation) -> None:
    for segment in translation.segments():
        said = {finding.check for finding in segment.findings}
        if "quotations" not in said and segment.origin is not Origin.KEPT:
            assert len(quotes.marks(segment.source)) == len(quotes.marks(segment.target))


def test_few_promises_are_broken(translations: dict[str, Translation]) -> None:
    """Every broken one is told; of the segments, 95 % and more keep all of them."""
    segments = [segment for done in translations.values() for segment in done.segments()]
    broken = [s for s in segments if any(f.severity is Severity.ERROR for f in s.findings)]
    assert len(broken) <= 0.05 * len(segments)


def test_nothing_loops(translation: Translation) -> None:
    for segment in translation.segments():
        said = {finding.check for finding in segment.findings}
        assert "repetition" in said or not checks.looping(segment.target)


@pytest.mark.parametrize(
    "notice",
    [
        "NOUS UTILISONS DES COOKIES POUR AMÉLIORER VOTRE EXPÉRIENCE SUR NOTRE SITE.",
        "Accueil Actualité Monde Europe Économie Sport Culture Vidéos Podcasts Newsletter",
        "ACCEPTER REFUSER PARAMÉTRER FERMER",
        "Accueil | Politique | Société | Sciences | Planète | Idées | Débats | Abonnés",
    ],
)
def test_menus_and_notices_do_not_loop(builtin: Translator, notice: str) -> None:
    done = translate_document(analyse(notice), builtin)
    assert not checks.looping(done.text)
    assert len(done.text.split()) <= 2 * len(notice.split()) + 2


def test_alone_or_together_the_same(
    builtin: Translator, translations: dict[str, Translation]
) -> None:
    path = ROOT / "examples" / "proces.txt"
    alone = translate_document(formats.read(path.read_bytes(), path.name), builtin)
    assert alone == translations["proces.txt"]


def test_both_engines_run_the_same_pipeline(
    builtin: Translator, builtin_transformers: Translator
) -> None:
    text = "Le maire a déclaré : « Le pont est ouvert. » Il a coûté 12 000 euros."
    for translator in (builtin, builtin_transformers):
        done = translate_document(analyse(text), translator)
        assert "12,000" in done.text
        assert done.text.count("“") == done.text.count("”") == 1


def test_the_hot_path_imports_neither_torch_nor_transformers(builtin: Translator) -> None:
    code = (
        "import sys\nfrom translate.cli.main import run\n"
        "code = run(['translate', 'Le pont est ouvert depuis hier.'])\n"
        "heavy = {'torch', 'transformers', 'gradio', 'sacrebleu'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or code)\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "bridge" in done.stdout.lower()


def test_the_termbase_of_the_examples_is_kept_to(builtin: Translator) -> None:
    text = (
        "Le parquet a ouvert une enquête. Trois suspects sont en garde à vue, a dit le juge "
        "d’instruction. L’ONU et l’OMS ont salué mardi l’accord signé avec la Corée du Nord."
    )
    terms = read_termbase(ROOT / "examples" / "terms.tsv")
    translation = translate_document(analyse(text), builtin, Settings(terms=terms))
    wanted = ("public prosecutor’s office", "police custody", "The UN and the WHO", "North Korea")
    assert all(english.lower() in translation.text.lower() for english in wanted)
    assert not [f for f in translation.all_findings() if f.check == "terms"]
