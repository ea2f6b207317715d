"""The language of a span: French, English, or neither (names, numbers, codes).

English is kept byte for byte and French is translated, so an error costs in both directions.
Three kinds of evidence are added up as log-odds (positive: French):

1. grammatical words, telling endings and French spacing (`language_words.py`);
2. py3langid's naive Bayes model restricted to the two languages;
3. what an article tells: agency credits are names, quoted words do not count for the sentence
   around them, capitalised words inside a sentence are proper names and say nothing.

`docs/language.md` has the measurements behind the weights.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from translate.article import identifier
from translate.article.labels import is_label, is_name_of_words
from translate.article.language_words import (
    AGENCIES,
    ENGLISH_COMMON,
    ENGLISH_ENDINGS,
    ENGLISH_FUNCTION,
    ENGLISH_ONLY,
    FRENCH_COMMON,
    FRENCH_ENDINGS,
    FRENCH_FUNCTION,
    FRENCH_ONLY,
    NAME_PARTICLES,
    NOUN_ENDINGS,
    PERSON_PARTICLES,
    SHARED,
    SINGLE_ENDINGS,
    TELLING,
)
from translate.article.neighbours import neighbour
from translate.document import Block, Document, Kind, Language, Segment
from translate.notation import markup
from translate.notation.vocabulary import zipf

# Weights in log-odds, set on tests/golden/language.tsv (bench/language.py).
FUNCTION_WEIGHT = 2.0
COMMON_WEIGHT = 1.5
ENDING_WEIGHT = 0.7
SPACING_WEIGHT = 1.5
VOCABULARY_WEIGHT = 0.4  # times how much more common a word is in French (Zipf)
LONE_LEAD = 2.5  # a word that stands alone is English where English has it 300 times as often
MODEL_WEIGHT = 1.0  # times py3langid's log-odds divided by the root of the bytes
MODEL_CAP = 3.0
FRENCH_PRIOR = 0.3  # the desk is given French articles
THIN = 0.5  # log-odds below which a block goes with the article
CONFIDENT = 2.0  # log-odds (about 88 %) from which a sentence may differ from its block

SAMPLE = 10_000  # characters of a span that are looked at
FOREIGN_MIN_LETTERS = 200  # below, a foreign article is not told from names and quotations
FOREIGN_PIECES = 5  # pieces of an article, most of which must agree
FOREIGN_MAX_FUNCTION = 0.06  # share of words only French (or English) has: prose has 0.15 to 0.25

FOREIGN_SAMPLE = 20_000  # characters that are looked at

CAPTION_MAX_CHARS = 600  # agency captions run to 60 words, credit and notice included
CAPTION_LINE_MAX_CHARS = 250  # a French paragraph may end in a credit, a short one is a caption

_CODE = re.compile(
    r"(?<!\S)[a-z]{1,5}+(?:-[a-z]{1,5}+)?(?:/[a-z]{1,5}+){2,}+(?!\S)|(?<!\w)[@#]\w++|(?<!\w)[^\W\d]*+\d\w*+"
)  # handles, tags, words with digits
_QUOTED = re.compile(r"«[^«»]{1,2000}»|“[^“”]{1,2000}”|\"[^\"\n]{1,2000}\"")
_TOKEN = re.compile(
    r"\b(?:[ldnsjcmt]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|aujourd)['’](?=[^\W\d_])"
    r"|[^\W\d_]+(?:-[^\W\d_]+)*(?:n['’]t\b|['’](?:s|re|ve|ll|d|m)\b)?",
    re.IGNORECASE,
)
_ENGLISH_CLITIC = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))$")
_FRENCH_CLITIC = re.compile(
    r"-(?:t-)?(?:je|tu|ils?|elles?|on|[nv]ous|moi|toi|lui|leur|y|en|ce|l[aàe]|les|ci)$"
)
_SENTENCE_BREAK = re.compile(r"[.!?…:;«“\"(/|–—>•\n]")
_FRENCH_SPACING = re.compile(
    r"[^\W\d_»)][ \u00a0\u202f][:;!?](?:\s|$)|«[ \u00a0\u202f]|[ \u00a0\u202f]»"
)
#: Small words in an order that French has not, even of words that it has: "of the", "and a".
_ENGLISH_GRAMMAR = re.compile(
    r"\b(?:(?:of|in|at|by|for|from|with|to|and|is|was|into|over|after|near) (?:the|an?|his|her|its)"
    r"|(?:on|as) (?:the|his|her|its))\b"
    r"|^[\W\d]*(?:The|An?) (?=[a-z])(?!(?:gauche|droite|bord|peine|quand|terme|deux|trois|l[ae]|ce"
    r"|cet|cette|ces|son|sa|ses|mon|ma|quoi|qui|travers|partir|propos|cause|force|c[oô]t[eé]|pied"
    r"|terre|table|\w+(?:er|re|ir|oir))\b)"
)
_ONE_WORD_SENTENCE = re.compile(r"\W*[^\W\d_]{3,}(?<=[a-zà-ÿ])[ \u00a0\u202f]?[.!?…]+\W*")
_FRENCH_CALL = re.compile(r"[^\W\d_][ \u00a0\u202f][!?]")
_NAME = r"[^\W\d_a-zà-ÿ][\w.'’-]{0,30}(?: [^\W\d_a-zà-ÿ][\w.'’-]{0,30}){0,3}"
_AGENCY = "|".join(re.escape(name) for name in AGENCIES)
_JOIN = r"\s?(?:/|via|–|-|,)\s?"
_CREDIT = re.compile(
    rf"(?:©\s?(?:\d{{4}}\s)?|Photo by )?(?<!\w)(?:{_NAME}\s?[/–-]\s?){{0,3}}"
    rf"\b(?:{_AGENCY})\b(?:{_JOIN}(?:(?:{_AGENCY})\b|{_NAME})){{0,6}}"
)
_CREDIT_AT_END = re.compile(
    rf"(?:©[^.©]{{1,60}}|/\s?(?:{_AGENCY})|\bvia (?:{_AGENCY})|\([^()]{{0,60}}\b(?:{_AGENCY})\)"
    rf"|(?:^|[.!?] )(?:{_AGENCY})(?:\s?/\s?{_NAME})?"
    r"|\((?i:crédits?|credit|photo)\b[^()]{1,60}\)|\((?:DR|D\.R\.)\))\s*\.?$"
)
_CAPTION_START = re.compile(
    r"(?:\(?(?:crédits?|credit)(?: photos?)?\s*:"
    r"|photos?(?: d['’](?:archives?|illustration))?\s*(?::|$)"
    r"|légende\s*:|image d['’]illustration|illustration\s*[.:]|archives?\s*[–—:.-]|ici,"
    r"|capture d['’]écran|file photo\b|© )",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Log-odds that a span is French, and whether anything in it is language at all."""

    odds: float
    linguistic: bool

    @property
    def language(self) -> Language:
        if not self.linguistic:
            return Language.NEITHER
        return Language.FRENCH if self.odds >= 0 else Language.ENGLISH


_all_languages = cache(identifier.all_languages)
_french_or_english = cache(identifier.french_or_english)


def identify(text: str) -> Language:
    """The language of one span.

    >>> identify("Demonstrators in Place de la République, Paris").value
    'en'
    >>> identify("Manchester United reçoit Liverpool à Old Trafford").value
    'fr'
    """
    return _weigh(text).language


def _without_codes(text: str) -> str:
    """The text without what is no language: addresses, handles, tags, words with digits."""
    return _CODE.sub(" ", markup.without_addresses(text))


def neighbour_language(text: str) -> str | None:
    """ISO code of a sentence in a neighbouring language, which is left as it is.

    >>> neighbour_language("Der Minister hat gestern gesagt, dass er nicht geht.")
    'de'
    """
    return neighbour(text, _identified)


def _identified(text: str) -> str:
    """The code of a text by py3langid's whole model."""
    return _all_languages().rank(text)[0][0]


_NOT_FOREIGN = frozenset(("fr", "en", "zxx"))
_ARTICLES = frozenset(("le", "la", "les", "el", "al"))


@lru_cache(maxsize=16384)
def _weigh(text: str) -> _Evidence:
    """Evidence of a span: around its quotations where there is enough, else all of it."""
    plain = _CREDIT.sub(" / ", _without_codes(text[:SAMPLE]))
    outside = _QUOTED.sub(" / ", plain)
    if outside != plain:
        evidence = _weigh_words(outside)
        if evidence.linguistic and abs(evidence.odds) >= CONFIDENT:
            return evidence
    return _weigh_words(plain)


def _weigh_words(text: str) -> _Evidence:
    words = [] if is_name_of_words(text) else _language_words(text)
    if not words:  # names, numbers, codes, unless they are called out the French way, or labels
        if is_label(text, [token[0] for token in _TOKEN.finditer(text[:CAPTION_LINE_MAX_CHARS])]):
            return _Evidence(CONFIDENT, linguistic=True)
        called = _FRENCH_CALL.search(text) is not None
        return _Evidence(SPACING_WEIGHT * called, linguistic=called)
    lead = zipf(words[0], "fr") - zipf(words[0], "en") if len(words) == 1 else 0.0
    if lead <= -LONE_LEAD:
        return _Evidence(-CONFIDENT, linguistic=True)
    odds = FRENCH_PRIOR + sum(_word_odds(word) for word in words)
    if _FRENCH_SPACING.search(text):
        odds += SPACING_WEIGHT
    english = _english_grammar(text, words)
    if english:  # French words in an English sentence are names of things, and mislead the model
        return _Evidence(min(odds - FUNCTION_WEIGHT * english, -CONFIDENT), linguistic=True)
    if abs(odds) < MODEL_CAP + CONFIDENT:  # else the model could not change any decision
        odds += _model_odds(" ".join(words))
    return _Evidence(odds, linguistic=True)


def _english_grammar(text: str, words: list[str]) -> int:
    """How often a text with hardly a grammatical word of French shows the grammar of English."""
    french = sum(word.rstrip("'’") in FRENCH_FUNCTION - SHARED for word in words)
    english = len(_ENGLISH_GRAMMAR.findall(text))
    return english if english > french else 0


def _word_odds(word: str) -> float:
    """Log-odds of one lower-case word."""
    if _ENGLISH_CLITIC.search(word):
        return -FUNCTION_WEIGHT
    if _FRENCH_CLITIC.search(word):
        return FUNCTION_WEIGHT
    word = word.rstrip("'’")
    if word in SHARED:
        return 0.0
    french = word in FRENCH_FUNCTION
    english = word in ENGLISH_FUNCTION
    if french or english:
        return FUNCTION_WEIGHT * (french - english)
    odds = COMMON_WEIGHT * ((word in FRENCH_COMMON) - (word in ENGLISH_COMMON))
    if not odds:
        odds = VOCABULARY_WEIGHT * (zipf(word, "fr") - zipf(word, "en"))
    if len(word) > 4:
        odds += ENDING_WEIGHT * word.endswith(FRENCH_ENDINGS)
        odds -= ENDING_WEIGHT * word.endswith(ENGLISH_ENDINGS)
    return odds


def _model_odds(words: str) -> float:
    """py3langid's log-odds for French, damped by length and capped."""
    scores = dict(_french_or_english().rank(words))
    weight = MODEL_WEIGHT * (1.0 if words.count(" ") > 1 else 0.5)  # two words are a guess
    odds = weight * (scores["fr"] - scores["en"]) / len(words.encode()) ** 0.5
    return float(max(-MODEL_CAP, min(MODEL_CAP, odds)))


def _language_words(text: str) -> list[str]:
    """The words that say something about the language, in lower case: no proper names."""
    tokens = list(_TOKEN.finditer(text))
    if not any(token[0][0].islower() for token in tokens):
        return _words_in_capitals([token[0] for token in tokens])
    names = _mark_names(text, tokens)
    words = [token[0].lower() for token, name in zip(tokens, names, strict=True) if not name]
    if words:
        return words
    small = [token[0].rstrip("'’") for token in tokens if token[0][0].islower()]
    return [word for word in small if word in TELLING and word not in PERSON_PARTICLES]


def _words_in_capitals(tokens: list[str]) -> list[str]:
    """Words where capitals do not show the names: all of a shouted line, else the known ones."""
    words = [token.lower() for token in tokens]
    if all(token.isupper() for token in tokens):
        known = sum(
            (len(word) > 1 and word in TELLING) or bool(_FRENCH_CLITIC.search(word))
            for word in words
        )
        shouted = max(map(len, tokens), default=0) > 4 or known > 1  # else acronyms
        return words if shouted and known else []
    if len(words) == 1 and _is_word_by_form(words[0]):
        return words
    return [word for word in words if _is_known(word)]


def _is_known(word: str) -> bool:
    """Whether a capitalised word among capitalised words is surely no part of a name."""
    if _FRENCH_CLITIC.search(word):
        return True
    return len(word) > 2 and word in TELLING and word not in NAME_PARTICLES


def _is_word_by_form(word: str) -> bool:
    """Whether a capitalised word that stands alone is no name, by its ending."""
    if _FRENCH_CLITIC.search(word):
        return True
    first = word.partition("-")[0]
    return len(first) > 4 and first.endswith(SINGLE_ENDINGS)


def _mark_names(text: str, tokens: list[re.Match[str]]) -> list[bool]:
    """For each token, whether it is (part of) a proper name."""
    names = [_is_name(text, tokens, i) for i in range(len(tokens))]
    for i in range(1, len(tokens) - 1):
        if tokens[i][0].rstrip("'’") in NAME_PARTICLES and names[i - 1]:
            names[i] = _joined(text, tokens, i - 1) and _leads_to_name(text, tokens, i)
    return names


def _is_name(text: str, tokens: list[re.Match[str]], i: int) -> bool:
    """Capitalised inside a sentence; at its start, only when the name goes on."""
    token = tokens[i][0]
    if not token[0].isupper() or _FRENCH_CLITIC.search(token):
        return False
    begin = tokens[i - 1].end() if i else 0
    if i and not _SENTENCE_BREAK.search(text, begin, tokens[i].start()):
        return True
    word = token.lower()
    if word in _ARTICLES:
        return _leads_to_name(text, tokens, i)
    if word in TELLING or (word.endswith(NOUN_ENDINGS) and not _before_name(tokens, i)):
        return False
    return _leads_to_name(text, tokens, i)


def _before_name(tokens: list[re.Match[str]], i: int) -> bool:
    """Whether the next token is capitalised: first names end as nouns do ("Clément Dupont")."""
    return i + 1 < len(tokens) and tokens[i + 1][0][0].isupper()


def _leads_to_name(text: str, tokens: list[re.Match[str]], i: int) -> bool:
    """Whether token `i` is followed, over particles at most, by a capitalised word."""
    for j in range(i + 1, min(i + 4, len(tokens))):
        if not _joined(text, tokens, j - 1):
            return False
        if tokens[j][0][0].isupper():
            return True
        if tokens[j][0].rstrip("'’") not in NAME_PARTICLES:
            return False
    return False


def _joined(text: str, tokens: list[re.Match[str]], i: int) -> bool:
    """Whether only a space (or the apostrophe of an elision) parts token `i` from the next."""
    return text[tokens[i].end() : tokens[i + 1].start()] in ("", " ", "\u00a0", ". ")


def label_languages(document: Document) -> Document:
    """Give every block and segment its language, and captions their kind."""
    evidences = [_weigh(document.of(block)) for block in document.blocks]
    home = _home_language(document.blocks, evidences)
    blocks = tuple(
        _label_block(document, block, evidence, home)
        for block, evidence in zip(document.blocks, evidences, strict=True)
    )
    return replace(document, blocks=blocks)


def _home_language(blocks: tuple[Block, ...], evidences: list[_Evidence]) -> Language:
    """The language of most blocks that are not furniture; French where nothing tells."""
    votes = Counter(
        evidence.language
        for block, evidence in zip(blocks, evidences, strict=True)
        if block.kind is not Kind.FURNITURE and abs(evidence.odds) >= THIN
    )
    english = votes[Language.ENGLISH] > votes[Language.FRENCH]
    return Language.ENGLISH if english else Language.FRENCH


def _label_block(document: Document, block: Block, evidence: _Evidence, home: Language) -> Block:
    language = _settle(evidence, home)
    segments = tuple(_label_segment(document, s, language) for s in block.segments)
    language = _majority(segments, language)
    text = document.of(block)
    mixed = any(s.language is Language.FRENCH for s in segments) and language is Language.ENGLISH
    caption = not mixed and _is_caption(text, block.kind, language, home)
    kind = Kind.CAPTION if caption else block.kind
    return replace(block, kind=kind, language=language, segments=segments)


def _settle(evidence: _Evidence, context: Language) -> Language:
    """The span's own language; where the evidence is thin, that of its surroundings."""
    if evidence.linguistic and abs(evidence.odds) < THIN and context is not Language.NEITHER:
        return context
    return evidence.language


def _label_segment(document: Document, segment: Segment, block: Language) -> Segment:
    """A sentence differs from its block only with confidence; credits follow English blocks."""
    evidence = _weigh(document.of(segment))
    if neighbour_language(document.of(segment)):
        return replace(segment, language=Language.NEITHER)
    if not evidence.linguistic and _ONE_WORD_SENTENCE.fullmatch(document.of(segment)):
        language = block
    elif not evidence.linguistic:
        language = Language.ENGLISH if block is Language.ENGLISH else Language.NEITHER
    elif abs(evidence.odds) < CONFIDENT and block is not Language.NEITHER:
        language = block
    else:
        language = evidence.language
    return replace(segment, language=language)


def _majority(segments: tuple[Segment, ...], otherwise: Language) -> Language:
    """The language that most of the segments' characters are in."""
    sizes = dict.fromkeys(Language, 0)
    for segment in segments:
        sizes[segment.language] += segment.end - segment.start
    if not segments or not (sizes[Language.FRENCH] or sizes[Language.ENGLISH]):
        return otherwise
    french = sizes[Language.FRENCH] >= sizes[Language.ENGLISH]
    return Language.FRENCH if french else Language.ENGLISH


def _is_caption(text: str, kind: Kind, language: Language, home: Language) -> bool:
    """An English line in a French article, or a short line with a credit or a caption's opening."""
    if kind not in (Kind.PARAGRAPH, Kind.HEADING) or len(text) > CAPTION_MAX_CHARS:
        return False
    if language is Language.ENGLISH:
        return home is Language.FRENCH and not text.startswith(("“", '"', "@"))
    return is_caption_line(text)


def is_caption_line(text: str) -> bool:
    """Whether a line opens or ends as a French caption does ("Photo :", "© Sipa", "(AFP)")."""
    if len(text) > CAPTION_LINE_MAX_CHARS:
        return False
    return bool(_CAPTION_START.match(text) or _CREDIT_AT_END.search(text))


def foreign_language(text: str) -> str | None:
    """ISO code of an article that is neither French nor English; None where that is not certain.

    Certain means: enough letters, hardly any words that only French or English have, one third
    language for the whole, and most pieces in that language but none in French or English.
    """
    words = [word[0].lower() for word in _TOKEN.finditer(_without_codes(text[:FOREIGN_SAMPLE]))]
    if sum(map(len, words)) < FOREIGN_MIN_LETTERS:
        return None
    if max(_share(words, FRENCH_ONLY), _share(words, ENGLISH_ONLY)) > FOREIGN_MAX_FUNCTION:
        return None
    code = _identified(" ".join(words))
    pieces = [_identified(piece) for piece in _pieces(words)]
    if code in _NOT_FOREIGN or _NOT_FOREIGN & set(pieces) or 2 * pieces.count(code) < len(pieces):
        return None
    return code


_NAMES = dict(
    pair.split(":")
    for pair in (
        "ar:Arabic bg:Bulgarian br:Breton ca:Catalan cs:Czech da:Danish de:German el:Greek "
        "en:English eo:Esperanto es:Spanish et:Estonian eu:Basque fa:Persian fi:Finnish fr:French "
        "ga:Irish gl:Galician he:Hebrew hi:Hindi hr:Croatian hu:Hungarian id:Indonesian "
        "is:Icelandic it:Italian ja:Japanese ko:Korean la:Latin lb:Luxembourgish lt:Lithuanian "
        "lv:Latvian mt:Maltese nb:Norwegian nl:Dutch nn:Norwegian no:Norwegian oc:Occitan "
        "pl:Polish pt:Portuguese ro:Romanian ru:Russian sk:Slovak sl:Slovenian sq:Albanian "
        "sr:Serbian sv:Swedish sw:Swahili th:Thai tr:Turkish uk:Ukrainian vi:Vietnamese "
        "wa:Walloon zh:Chinese"
    ).split()
)


def language_name(code: str) -> str:
    """The English name of a language; its ISO code where that is all there is.

    >>> language_name("de"), language_name("qu")
    ('German', "the language 'qu'")
    """
    return _NAMES.get(code, f"the language '{code}'")


def _share(words: list[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words)


def _pieces(words: list[str]) -> Iterator[str]:
    """The words in `FOREIGN_PIECES` equal runs."""
    size = -(-len(words) // FOREIGN_PIECES)
    return (" ".join(words[i : i + size]) for i in range(0, len(words), size))
