"""Links, addresses, tags and code inside a sentence: taken out and put back unchanged."""

import functools
from dataclasses import dataclass
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
#: from four small letters on: a capital follows a full stop glued to the next sentence.
TOP_LEVEL_DOMAINS = "fr|com|org|net|eu|info|be|ch|ca|lu|uk|de|io|news|tv|int|edu|gov"

#: Letters; a longer run without white space is no word but data, and is copied.
LONGEST_WORD = 80

_INLINE = regex.compile(
    rf"""
      (?P<atom>
          `[^`\n]+`                                                   # code span
        | <(?:https?://|mailto:)[^<>\s]+>                              # autolink
        | (?:https?|ftp)://[^\s<>"«»“”]*[^\s<>"«»“”.,;:!?…)\]'’*_]
        | \bwww\.[^\s<>"«»“”]*[^\s<>"«»“”.,;:!?…)\]'’*_]
        | [\p{{L}}\p{{N}}]{{{LONGEST_WORD},}}
        | (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+                                 # e-mail address
        | (?<![\w@.-])
          (?:(?:[\w-]+\.)+(?:{TOP_LEVEL_DOMAINS})|[a-z0-9-]{{3,}}\.[a-z]{{4,12}})
          (?![\w-]|\.\w)(?:/[^\s<>"«»“”]*[\w/])?
        | (?<!\w)[@\#][\p{{L}}\d_]{{2,}}                                # handle, hashtag
        | &(?:[a-zA-Z]{{2,8}}|\#\d{{1,6}});                            # HTML entity
        | (?:[\p{{Extended_Pictographic}}--[\d\#*]][\uFE0E\uFE0F\u200D\U0001F3FB-\U0001F3FF]*)+
        | [\p{{So}}\p{{Cc}}\p{{Co}}\p{{Cn}}\p{{Cs}}--[\s]]+
        | [\p{{L}}--[\p{{Latin}}\p{{Common}}]]
          [[\p{{L}}\p{{M}}]--[\p{{Latin}}]]*
          (?:[\s\p{{P}}--[«»“”"‘’]]+[\p{{L}}--[\p{{Latin}}\p{{Common}}]][[\p{{L}}\p{{M}}]--[\p{{Latin}}]]*)*
      )
    | (?P<link>!?\[)(?P<anchor>[^\[\]]*)
      (?P<target>\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)|\]\[[^\[\]]*\])
    | (?P<tag></?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>)
    | (?P<mark>\*\*\*|\*\*|\*|~~|(?<!\w)__?(?=\S)|(?<=\S)__?(?!\w))
    """,
    regex.VERBOSE | regex.VERSION1,
)


#: Nine of ten sentences have nothing but these; they are not searched further.
_PLAIN = regex.compile(r"(?:[\p{Latin}\p{M}\d\s,;:!?…'’«»“”\"()%€$£–—-]|\.(?!\w))*+")


@functools.lru_cache(maxsize=1024)  # a sentence is read again for each of its hypotheses
def parse_inline(text: str) -> tuple[Token, ...]:
    """Cut a sentence into tokens; their texts joined give the sentence back.

    OPEN and CLOSE come in pairs that are properly nested; markup without its partner is an ATOM.
    """
    if _PLAIN.fullmatch(text) and len(max(text.split(), key=len, default="")) < LONGEST_WORD:
        return (Token(TokenKind.TEXT, text),) if text else ()
    tokens: list[Token] = []
    for kind, piece in _scan(text):
        if kind is TokenKind.TEXT and tokens and tokens[-1].kind is TokenKind.TEXT:
            tokens[-1] = Token(kind, tokens[-1].text + piece)
        elif piece:
            tokens.append(Token(kind, piece))
    return _paired(tokens)


def without_atoms(text: str) -> str:
    """A text with a space for each address, tag and code.

    >>> without_atoms("Voir [ici](https://a.fr/b) ou a@b.fr")
    'Voir  ici  ou  '
    """
    tokens = parse_inline(text)
    return "".join(token.text if token.kind is TokenKind.TEXT else " " for token in tokens)


def _scan(text: str) -> list[tuple[TokenKind, str]]:
    found: list[tuple[TokenKind, str]] = []
    last = 0
    for match in _INLINE.finditer(text):
        found.append((TokenKind.TEXT, text[last : match.start()]))
        found.extend(_parts(match, text))
        last = match.end()
    found.append((TokenKind.TEXT, text[last:]))
    return found


def _parts(match: regex.Match[str], text: str) -> list[tuple[TokenKind, str]]:
    if match["link"]:
        anchor = [(token.kind, token.text) for token in parse_inline(match["anchor"])]
        return [(TokenKind.OPEN, match["link"]), *anchor, (TokenKind.CLOSE, match["target"])]
    if match["tag"]:
        return [(_tag_kind(match["tag"]), match["tag"])]
    if match["mark"]:
        return [(_mark_kind(match, text), match["mark"])]
    return [(TokenKind.ATOM, match.group())]


def _tag_kind(tag: str) -> TokenKind:
    if tag.startswith("</"):
        return TokenKind.CLOSE
    return TokenKind.ATOM if tag.endswith("/>") or tag[1:3].lower() == "br" else TokenKind.OPEN


def _mark_kind(match: regex.Match[str], text: str) -> TokenKind:
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    after = text[match.end() : match.end() + 1]
    opens = bool(after) and not after.isspace() and (not before or not before.isalnum())
    closes = bool(before) and not before.isspace() and (not after or not after.isalnum())
    if opens and not closes:
        return TokenKind.OPEN
    return TokenKind.CLOSE if closes and not opens else TokenKind.ATOM


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


#: Markup nested deeper than this is copied as it stands; it bounds the search for a partner.
MAX_NESTING = 8


def _opener(tokens: list[Token], waiting: list[int], closing: str) -> int | None:
    lowest = max(0, len(waiting) - MAX_NESTING)
    for depth in range(len(waiting) - 1, lowest - 1, -1):
        if _closes(tokens[waiting[depth]].text, closing):
            return depth
    return None


def _closes(opening: str, closing: str) -> bool:
    if opening.startswith("<"):
        name = regex.match(r"<([a-zA-Z0-9-]+)", opening)
        return name is not None and closing.lower().startswith(f"</{name[1].lower()}")
    if opening.endswith("["):
        return closing.startswith("]")
    return opening == closing
