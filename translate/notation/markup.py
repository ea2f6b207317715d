"""Links, addresses, tags and code inside a sentence: taken out and put back unchanged.

What a file has inside its sentences (a tag of HTML, a run of Word) is a code here: one private
character, so that no attribute is read as words. `opening`, `closing` and `single` make them; the
reader of the file knows what each stands for.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import regex


class TokenKind(StrEnum):
    """What a stretch of a sentence is to the translator."""

    TEXT = "text"
    ATOM = "atom"  # copied as it stands: URL, e-mail address, code, emoji, another script
    OPEN = "open"  # markup that encloses words: `[`, `**`, `<em>`
    CLOSE = "close"  # `](https://...)`, `**`, `</em>`


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a sentence; `partner` is the index of the other end of OPEN and CLOSE."""

    kind: TokenKind
    text: str
    partner: int = -1


#: Endings that make `word.ending` an address; news writes these without `https://`. Others count
#: from four small letters on: a capital follows a full stop glued to the next sentence; and any
#: of small letters where a path follows: `bit.ly/Zx9`.
TOP_LEVEL_DOMAINS = "fr|com|org|net|eu|info|be|ch|ca|lu|uk|de|io|news|tv|int|edu|gov"

#: Letters; a longer run without white space is no word but data, and is copied.
LONGEST_WORD = 80

#: How many codes a block may have. They take the places of a private plane that no script uses.
MAX_CODES = 0x4000
_OPENING, _CLOSING, _SINGLE = (0x100000 + kind * MAX_CODES for kind in range(3))
CODES = f"\U00100000-{chr(_SINGLE + MAX_CODES - 1)}"
_CODE = regex.compile(f"[{CODES}]")
_PIECES = regex.compile(f"([{CODES}])")
_SHOWN = regex.compile(r"<(/?)(\d{1,5})(/?)>")

#: What may stand in an address behind its host; brackets come in pairs: `/wiki/Lyon_(Rhône)`.
_PAIR = rf"""\([^\s<>"«»“”(){CODES}]*\)|\[\w*\](?==)"""
_REST = rf"""(?:[^\s<>"«»“”()\[{CODES}]|{_PAIR})*(?:[^\s<>"«»“”()\[{CODES}.,;:!?…\]'’*_]|{_PAIR})"""
#: The one pattern of addresses: what it finds is never cut, never counted as words, and copied.
_ADDRESS = rf"""(?:
      (?i:https?|ftp)://{_REST}
    | (?i:\bwww)\.{_REST}
    | (?<![\w.+-])@?[\w.+-]++@[\w-]++(?:\.[\w-]++)++                        # e-mail address
    | (?<![\w@.-])
      (?: [\w-]++(?:\.[\w-]++)++(?<=\.(?:{TOP_LEVEL_DOMAINS}))
        | [a-z0-9-]{{3,}}+\.[a-z]{{4,12}}+(?![\w-]|\.\w)
        | [a-z0-9-]++(?:\.[a-z0-9-]++)++(?<=\.[a-z]{{2,12}})(?=/[\w@~%-]) )
      (?:[/\#]{_REST}|\?(?=[\w%.~-]+=){_REST}|/)?
    )"""
_ADDRESSES = regex.compile(_ADDRESS, regex.VERBOSE | regex.VERSION1)
_MAY_HOLD_ADDRESS = regex.compile(r"\.\p{L}|@|://|(?i:www)\.")

#: The raised figures from 0 to 9.
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"

#: What a template, a CMS or a formula leaves in a text, copied as it stands.
_TEMPLATES = r"""
      <!--(?:[^-]|-(?!->)){0,200}+-->
    | !?\[\[[^\[\]\n]{1,200}\]\]                                    # [[page of a wiki|words]]
    | \[\^[^\[\]\s]{1,64}\]                                        # footnote
    | \[(?:/[a-z][\w-]{1,30}|(?:embed|gallery|caption|audio|video|toc)
        |[a-z][\w-]{1,30}(?:\s+[\w-]{1,40}=(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|[^\s\]"']{1,300})){1,20}
        )\s?/?\](?!\()                                              # shortcode of WordPress
    | \{\{[^{}\n]{0,500}\}\}|\{%[^%\n]{0,500}%\}                    # of Hugo, Jinja, Liquid
    | \{(?:[:\#.][^{}\n]{1,200}|[a-z_]\w{0,40}|\d{1,2})\}             # {#anchor}, {name}, {0}
    | %(?:\d{1,2}\$|\(\w{1,40}\))?[sd](?!\w)                        # %s, %1$s
    | \$\$[^$]{1,1000}+\$\$
    | (?<![\w$])\$(?=\S)(?:[^$\n]{0,200}[=\\^_{}<>+*][^$\n]{0,200}|\w{1,3})(?<=\S)\$(?![\w$])
    | (?<!\w)[\w()]{1,20}(?:~[\w+-]{1,8}~(?!~)|\^[\w+-]{1,8}\^)[\w()~^+-]*   # H~2~O
    | \\[!-/:-@\[-`\{-~]                                           # \\*
"""

_INLINE = regex.compile(
    rf"""
      (?P<code>[{CODES}])
    | (?P<atom>
          `[^`\n{CODES}]+`                                               # code span
        | {_TEMPLATES}
        | (?<=\p{{Ll}}{{4}}(?:\s?[»”"])?)[{RAISED}]{{1,3}}(?!\w)       # raised, no unit's: un mot¹
        | <(?:https?://|mailto:)[^<>\s]+>                              # autolink
        | {_ADDRESS}
        | [\p{{L}}\p{{N}}]{{{LONGEST_WORD},}}
        | (?<!\w)[@\#][\p{{L}}\d_]{{2,}}                                # handle, hashtag
        | &(?:[a-zA-Z]{{2,8}}|\#\d{{1,6}});                            # HTML entity
        | (?:[\p{{Extended_Pictographic}}--[\d\#*]][\uFE0E\uFE0F\u200D\U0001F3FB-\U0001F3FF]*)+
        | [\p{{So}}\p{{Cc}}\p{{Co}}\p{{Cn}}\p{{Cs}}--[\s{CODES}°]]+   # n° 12, 20 °C are words
        | [\p{{L}}--[\p{{Latin}}\p{{Common}}]]
          [[\p{{L}}\p{{M}}]--[\p{{Latin}}]]*
          (?:[\s\p{{P}}--[«»“”"‘’]]+[\p{{L}}--[\p{{Latin}}\p{{Common}}]][[\p{{L}}\p{{M}}]--[\p{{Latin}}]]*)*
      )
    | (?P<link>!?\[)(?P<anchor>[^\[\]{CODES}]*)
      (?P<target>\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)|\]\[[^\[\]]*\])
    | (?P<tag></?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|</?\d{{1,5}}/?>)
    | (?P<mark>\*\*\*|\*\*|\*|~~|(?<!\w)__?(?=\S)|(?<=\S)__?(?!\w))
    """,
    regex.VERBOSE | regex.VERSION1,
)


def addresses(text: str) -> list[tuple[int, int]]:
    """Where links and e-mail addresses stand, with `https://` or without, in order.

    >>> addresses("Sur exemple.fr/article?Id=12 ? Oui.")
    [(4, 28)]
    """
    if not _MAY_HOLD_ADDRESS.search(text):
        return []
    return [match.span() for match in _ADDRESSES.finditer(text)]


def without_addresses(text: str) -> str:
    """The text with a space for each address."""
    return _ADDRESSES.sub(" ", text) if _MAY_HOLD_ADDRESS.search(text) else text


#: Nine of ten sentences have nothing but these; they are not searched further.
_PLAIN = regex.compile(r"(?:[\p{Latin}\p{M}\d\s,;:!?…'’«»“”\"()%€£–—-]|[$](?!\w)|\.(?!\p{L}|_))*+")


@functools.lru_cache(maxsize=1024)  # a sentence is read again for each of its hypotheses
def parse_inline(text: str) -> tuple[Token, ...]:
    """Cut a sentence into tokens; their texts joined give the sentence back.

    OPEN and CLOSE come in pairs that are properly nested; markup without its partner is an ATOM.
    """
    if _is_plain(text):
        return (Token(TokenKind.TEXT, text),) if text else ()
    tokens: list[Token] = []
    for kind, piece in _coded(text) or _scan(text):
        if kind is TokenKind.TEXT and tokens and tokens[-1].kind is TokenKind.TEXT:
            tokens[-1] = Token(kind, tokens[-1].text + piece)
        elif piece:
            tokens.append(Token(kind, piece))
    return _paired(tokens)


def _is_plain(text: str) -> bool:
    is_plain = _PLAIN.fullmatch(text) is not None
    return is_plain and len(max(text.split(), key=len, default="")) < LONGEST_WORD


def _coded(text: str) -> list[tuple[TokenKind, str]]:
    """The tokens of plain words with codes; nothing where there is other markup."""
    words = without_codes(text)
    if words == text or not _is_plain(words):
        return []
    kinds = (code_kind(p) if is_code(p[0]) else TokenKind.TEXT for p in pieces(text))
    return list(zip(kinds, pieces(text), strict=True))


def without_atoms(text: str) -> str:
    """A text with spaces in the place of each address, tag and code, as long as it was.

    >>> without_atoms("Voir [ici](https://a.fr/b) ou a@b.fr, merci")
    'Voir  ici                  ou       , merci'
    """
    tokens = parse_inline(text)
    if len(tokens) == 1 and tokens[0].kind is TokenKind.TEXT:
        return text
    return "".join(t.text if t.kind is TokenKind.TEXT else " " * len(t.text) for t in tokens)


def opening(number: int) -> str:
    """The code that opens the pair `number` of a block: `<em>`."""
    return chr(_OPENING + number)


def closing(number: int) -> str:
    """The code that closes the pair `number`: `</em>`."""
    return chr(_CLOSING + number)


def single(number: int) -> str:
    """A code that stands alone: `<br>`."""
    return chr(_SINGLE + number)


def is_code(character: str) -> bool:
    """Whether a character is a code."""
    return _OPENING <= ord(character) < _SINGLE + MAX_CODES


def code_kind(code: str) -> TokenKind:
    """OPEN, CLOSE or ATOM."""
    kinds = (TokenKind.OPEN, TokenKind.CLOSE, TokenKind.ATOM)
    return kinds[(ord(code) - _OPENING) // MAX_CODES]


def partner(code: str) -> str:
    """The other code of a pair; a single one is its own partner."""
    shift = {TokenKind.OPEN: MAX_CODES, TokenKind.CLOSE: -MAX_CODES, TokenKind.ATOM: 0}
    return chr(ord(code) + shift[code_kind(code)])


def without_codes(text: str) -> str:
    """The words alone."""
    return text if text.isascii() else _CODE.sub("", text)


def pieces(text: str) -> list[str]:
    """The words between the codes and the codes, in order; none is empty.

    >>> len(pieces(f"un {single(0)}deux"))
    3
    """
    return [piece for piece in _PIECES.split(text) if piece]


def shown(text: str) -> str:
    """Codes as people see them.

    >>> shown(f"Le {opening(0)}pont{closing(0)}{single(1)}")
    'Le <1>pont</1><2/>'
    """
    return text if text.isascii() else _CODE.sub(lambda match: _as_tag(match.group()), text)


def _as_tag(code: str) -> str:
    kind, number = code_kind(code), (ord(code) - _OPENING) % MAX_CODES + 1
    return {TokenKind.OPEN: f"<{number}>", TokenKind.CLOSE: f"</{number}>"}.get(
        kind, f"<{number}/>"
    )


def hidden(text: str, source: str) -> str:
    """What `shown` shows, as codes again; only those that the source has."""
    codes = {_as_tag(code): code for code in _CODE.findall(source)}
    return (
        _SHOWN.sub(lambda match: codes.get(match.group(), match.group()), text) if codes else text
    )


def sound(text: str, source: str) -> str:
    """The text with its codes well nested, each once at most, and none that the source lacks.

    >>> shown(sound(closing(0) + "a" + opening(1) + "b" + closing(1), opening(1) + closing(1)))
    'a<2>b</2>'
    """
    if not _CODE.search(text):
        return text
    known = set(_CODE.findall(source))
    kept = list(text)
    waiting: dict[str, int] = {}  # opening code -> where it stands
    for found in _CODE.finditer(text):
        index, character = found.start(), found.group()
        kind, other = code_kind(character), partner(character)
        if character not in known or (kind is TokenKind.CLOSE and other not in waiting):
            kept[index] = ""
            continue
        known.remove(character)
        if kind is TokenKind.OPEN:
            waiting[character] = index
        while kind is TokenKind.CLOSE:
            last, place = waiting.popitem()
            if last == other:
                break
            kept[place] = ""
    for index in waiting.values():
        kept[index] = ""
    return "".join(kept)


def _scan(text: str) -> list[tuple[TokenKind, str]]:
    found: list[tuple[TokenKind, str]] = []
    last = 0
    marks: dict[str, TokenKind] = {}  # what each mark did when it stood last
    for match in _INLINE.finditer(text):
        found.append((TokenKind.TEXT, text[last : match.start()]))
        found.extend(_parts(match, text, marks))
        last = match.end()
    found.append((TokenKind.TEXT, text[last:]))
    return found


def _parts(
    match: regex.Match[str], text: str, marks: dict[str, TokenKind]
) -> list[tuple[TokenKind, str]]:
    if match["code"]:
        return [(code_kind(match["code"]), match["code"])]
    if match["link"]:
        anchor = [(token.kind, token.text) for token in parse_inline(match["anchor"])]
        return [(TokenKind.OPEN, match["link"]), *anchor, (TokenKind.CLOSE, match["target"])]
    if match["tag"]:
        return [(_tag_kind(match["tag"]), match["tag"])]
    if mark := match["mark"]:
        marks[mark] = _mark_kind(match, text, marks.get(mark, TokenKind.CLOSE))
        return [(marks[mark], mark)]
    return [(TokenKind.ATOM, match.group())]


def _tag_kind(tag: str) -> TokenKind:
    if tag.startswith("</"):
        return TokenKind.CLOSE
    return TokenKind.ATOM if tag.endswith("/>") or tag[1:3].lower() == "br" else TokenKind.OPEN


def _mark_kind(match: regex.Match[str], text: str, last: TokenKind) -> TokenKind:
    """What a mark does; between punctuation it closes what the last one has opened, or opens."""
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    after = text[match.end() : match.end() + 1]
    opens = bool(after) and not after.isspace() and (not before or not before.isalnum())
    closes = bool(before) and not before.isspace() and (not after or not after.isalnum())
    if not (opens or closes) or before + after in ("()", "[]"):
        return TokenKind.ATOM
    if opens and closes:
        return TokenKind.CLOSE if last is TokenKind.OPEN else TokenKind.OPEN
    return TokenKind.OPEN if opens else TokenKind.CLOSE


def _paired(tokens: list[Token]) -> tuple[Token, ...]:
    partner: dict[int, int] = {}
    waiting: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.OPEN:
            waiting.append(index)
        elif token.kind is TokenKind.CLOSE:
            depth = _opener(tokens, waiting, token.text)
            if depth is not None:
                partner[waiting[depth]], partner[index] = index, waiting[depth]
                del waiting[depth:]
    return tuple(
        token
        if token.kind in (TokenKind.TEXT, TokenKind.ATOM)
        else Token(token.kind, token.text, partner[index])
        if index in partner
        else Token(TokenKind.ATOM, token.text)
        for index, token in enumerate(tokens)
    )


_LETTERS_BEFORE = regex.compile(r"(?r)[\p{L}\p{M}]*")
_LETTERS = regex.compile(r"[\p{L}\p{M}]*")
#: Words that an apostrophe joins to the next.
_ELIDED = regex.compile(r"(?i)[ldnscjmt]|(?:lors|puis|jus|quoi)?qu|aujourd")


def with_whole_words(tokens: Sequence[Token]) -> list[Token]:
    """Tokens of which no pair begins or ends inside a word; their texts change hands.

    >>> tokens = with_whole_words(parse_inline("Des [député](/d)s et **qu**'ils"))
    >>> "".join(token.text for token in tokens)
    "Des [députés](/d) et **qu'**ils"
    """
    whole = list(tokens)
    for index, token in enumerate(tokens[1:-1], start=1):
        before, after = whole[index - 1], whole[index + 1]
        if not before.kind is after.kind is TokenKind.TEXT:
            continue
        if token.kind is TokenKind.OPEN:
            moved = _head_of_word(before.text, after.text)
            cut = len(before.text) - len(moved)
            whole[index - 1] = replace(before, text=before.text[:cut])
            whole[index + 1] = replace(after, text=moved + after.text)
        elif token.kind is TokenKind.CLOSE:
            moved = _rest_of_word(before.text, after.text)
            whole[index - 1] = replace(before, text=before.text + moved)
            whole[index + 1] = replace(after, text=after.text[len(moved) :])
    return whole


def _head_of_word(before: str, after: str) -> str:
    """The letters at the end of one text that belong to the word with which another begins."""
    letters = _LETTERS_BEFORE.match(before)
    head = letters.group() if letters else ""
    return head if after[:1].isalpha() or _is_elided(head, after) else ""


def _rest_of_word(before: str, after: str) -> str:
    """What begins a text and belongs to the word that ends another."""
    letters = _LETTERS_BEFORE.match(before)
    head = letters.group() if letters else ""
    rest = _LETTERS.match(after, 1 if _is_elided(head, after) else 0)
    if not head or not rest:
        return ""
    return after[: rest.end() if rest.start() == 0 or head.endswith("aujourd") else rest.start()]


def _is_elided(word: str, after: str) -> bool:
    """Whether an apostrophe and another word come after a word that is joined by one."""
    joined = after[:1] in ("'", "’") and after[1:2].isalpha()
    return joined and _ELIDED.fullmatch(word) is not None


#: Markup nested deeper than this is copied as it stands; it bounds the search for a partner.
MAX_NESTING = 8


def _opener(tokens: list[Token], waiting: list[int], closing: str) -> int | None:
    lowest = max(0, len(waiting) - MAX_NESTING)
    for depth in range(len(waiting) - 1, lowest - 1, -1):
        if _closes(tokens[waiting[depth]].text, closing):
            return depth
    return None


def _closes(opening: str, closing: str) -> bool:
    if is_code(opening[0]):
        return closing == partner(opening)
    if opening.startswith("<"):
        name = regex.match(r"<([a-zA-Z0-9-]+)", opening)
        return name is not None and closing.lower().startswith(f"</{name[1].lower()}")
    if opening.endswith("["):
        return closing.startswith("]")
    return opening == closing
