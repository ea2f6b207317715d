"""Who speaks inside a quotation, and what is elided before one: written otherwise in English.

French sets an incise inside the marks, « La France, a-t-il ajouté, ne cédera pas. »; English sets
it outside, “France,” he added, “will not yield.” The words before a quotation lose their vowel in
French, « d’« une erreur » », which says nothing in English.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import regex

from translate.notation import quotes

#: Longer sentences (characters) are no speech, and are not searched.
LONGEST = 3000

#: Verbs in -er that tell who speaks, without their endings.
_REGULAR = (
    "abond|affirm|ajout|alert|analys|annon[cç]|assén|assèn|assur|avou|clam|comment|compl[eéè]t"
    "|concéd|concèd|confi|confirm|conseill|considèr|considér|constat|cri|déclar|demand|dénon[cç]"
    "|déplor|détaill|développ|espèr|espér|estim|étonn|exclam|expliqu|exult|félicit|fustig|gliss|grond"
    "|hurl|illustr|imagin|indign|indiqu|inquièt|inquiét|insist|interrog|ironis|jug|jur|justifi|lâch"
    "|lan[cç]|martel|martèl|menac|murmur|not|nuanc|object|observ|pens|pest|plaid|plaisant|précis|propos"
    "|racont|rappel|rappell|rapport|rassur|recommand|redout|regrett|relat|relativis|relev|relèv|répèt"
    "|répét|répliqu|résum|rétorqu|révèl|révél|rigol|ripost|salu|signal|soulign|soupir|suggèr|suggér"
    "|témoign|tempêt|tempèr|tonn|tranch|argument|argu|désol|emport|enchaîn"
)
_IRREGULAR = (
    "dit|dis|dits|disait|disaient|disent|dirent|répond|répondu|répondit|répondait|répondent"
    "|poursuit|poursuivi|poursuivait|poursuivent|poursuivit|conclu|conclut|conclue|concluait"
    "|admet|admis|admettait|admettent|avertit|averti|écrit|écrivait|écrivent|croit|croient|croyait"
    "|défend|défendu|défendait|reconnaît|reconnaissait|reconnu|reconnaissent|réjoui|réjouit"
    "|prévient|prévenu|prévenait|promet|promis|promettait|promettent|reprend|repris|reprenait"
    "|rit|sourit|soutient|soutenu|soutenait|soutiennent|souvient|souvenu|maintient|maintenu"
    "|renchérit|renchéri|surenchérit|maugrée|fait (?:valoir|savoir|remarquer|observer)"
)
_VERB = rf"(?:(?:{_REGULAR})(?:e|es|ent|é|ée|és|ées|ait|aient|a|èrent|ai|ais)|{_IRREGULAR})\b"
_PRONOUN = "(?:je|il|elle|on|ils|elles)"
_AUXILIARY = "(?:a|ai|ont|avait|avaient|est|sont|était|étaient)"
#: « a-t-il ajouté », « dit-elle », « s’est-il exclamé », « ai-je répondu »
_WITH_PRONOUN = (
    rf"(?:s['’]|se\s|[nlm]['’])?(?:{_VERB}-(?:t-)?{_PRONOUN}"
    rf"|{_AUXILIARY}-(?:t-)?{_PRONOUN}\s(?:\w+\s)?{_VERB})"
)
#: « assure la maire », « s’est étonné M. Roy », « ont répété mardi les élus »
_WITH_NOUN = (
    rf"(?:s['’]|se\s)?(?:{_AUXILIARY}\s(?:\w+\s)?)?{_VERB}"
    r"(?=(?:\s(?:à|au|aux|en|hier|encore|aussi|ainsi|alors|également|de son côté|\w+di|\w+ment))?"
    r"(?:\s(?:l['’]\w+|la presse|nos confrères|notre journal))?"
    r"\s(?:l['’]|d['’]autres|(?:le|la|les|un|une|son|sa|ses|leur|leurs|ce|cet|cette|ces|mon|ma|notre"
    r"|nos|certains|certaines|plusieurs|deux|trois|quatre)\s|M+\.|\p{Lu}))"
)
_INCISE = regex.compile(rf"(?:{_WITH_PRONOUN}|{_WITH_NOUN})(?!\s*qu[e'’])[^«»“”\"]{{0,120}}+")
#: What goes on about the speaker behind a comma: « dit Léa Roy, maire de Lyon, »
_APPOSITION = regex.compile(
    r"(?:l[ea'’]\s?)?(?:ex-|vice-)?(?:maire|ministre|président|député|sénat|avocat|direct"
    r"|secrétaire|porte-parole|chef|patron|adjoint|conseill|profess|cherch|médecin|préfet"
    r"|procureur|entraîneur|habitant|responsable|spécialiste|fondat|auteur|élue?|coordinat|délégué"
    r"|économiste|\d{1,2} ans|capitaine|gérant|mère|père|syndicaliste|commissaire|juge|expert"
    r"|étudiant|retraité|membre|numéro)\w*(?:\s[^«»“”\"]{1,120}+)?"
)
#: How the words of the speaker go on behind a comma: with a clause, and not with who he is.
_CLAUSE = regex.compile(
    r"(?:(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|ça|cela|mais|et|ou|car|donc|si|que|parce|puisque"
    r"|quand|lorsque|ne|est|sont|a|ont|ai|avons|était|étaient|sera|seront|va|vont|doit|doivent|peut"
    r"|peuvent|faut|fait|y|en|me|se|te|pas|plus|jamais|rien|attendre|prendre|rendre)\b"
    r"|(?:c|j|m|n|qu|s|t)['’])"
)
#: A name: who he is.
_NAME = regex.compile(r"\p{Lu}[^«»“”\"]{0,120}+")
#: English: who says it, in either order.
_ENGLISH_SAYS = (
    r"(?:sa(?:id|ys)|told|tells|thought|thinks|wrote|writes|went on|goes on"
    r"|(?:add|explain|affirm|stress|ask|answer|respond|insist|warn|recall|point|confirm|regret"
    r"|exclaim|repeat|comment|claim|complain|sigh|quip|laugh|plead|remember|remind|remark|report"
    r"|suggest|reveal|wonder|threaten|defend|consider|hammer|shout|whisper|launch|admit|acknowledg"
    r"|assur|declar|stat|not|continu|conclud|believ|estimat|confid|deplor|promis|announc|indicat"
    r"|precis|underlin|emphasi[sz]|observ|summari[sz]|argu|jok|smil|hop|judg|propos|recogni[sz]"
    r"|denounc|resum)(?:e?d|e?s|ted|ped|s)|(?:repl|cr|specif|testif)(?:ied|ies))"
)
_ENGLISH_INCISE = regex.compile(
    rf"(?:(?:he|she|they|I|we|one)\s(?:\w+\s)?{_ENGLISH_SAYS}\b[^“”]{{0,120}}+"
    rf"|{_ENGLISH_SAYS}\b[^“”]{{1,120}}+|[^“”]{{1,80}}?\b{_ENGLISH_SAYS}(?:\s[^“”]{{1,60}}+)?)"
)
#: Between an incise and what it stands in: a comma, a mark before it, a full stop behind it.
_BREAK = regex.compile(
    r"\s*,\s+|\s?[!?…]+\s+(?=\p{Ll})"
    r"|(?<!\b(?:M|MM|Mme|Mmes|Mlle|Dr|Me|Pr|Mr|Mrs|Ms|St|\p{Lu}))(?:\s?[!?]|[.…])+\s+(?=\p{Lu})"
)
_END = regex.compile(r"\s?[.!?…]*+\s*$")
_ELIDED = regex.compile(
    r"(?i)\b(d|qu|jusqu|lorsqu|puisqu|quoiqu|c|j|m|n|s|t|l)['’]\s?(?=[«“\"])(?P<mark>[«“\"]\s?)"
)
_LEFT_APOSTROPHE = regex.compile(r"(?<=\w)['’]\s?(?=[“‘\"«]\w)")
_ARTICLE_INSIDE = regex.compile(r"(?P<mark>[“«\"]\s?)(?P<article>[Tt]he )(?=\w)")


#: « dit-il », « a-t-il ajouté »: the comma behind it ends it.
_PRONOUN_ENDS = regex.compile(rf"-{_PRONOUN}\b")

Span = tuple[int, int]
#: The break at which an incise ends that has one at the index given.
Last = Callable[[str, Sequence[Span], int], int | None]


@dataclass(frozen=True, slots=True)
class _Aside:
    """An incise inside a quotation: between two breaks, the second of which may be its end.

    `parts`: stretches between commas that it has; 0 where it runs to the end of its sentence.
    """

    quotation: quotes.Quotation
    before: tuple[int, int]
    after: tuple[int, int]
    parts: int


def parted(text: str) -> str:
    """A French sentence with its incises outside the marks, as English has them.

    >>> parted("« La France, a-t-il ajouté, ne cédera pas. »")
    '« La France », a-t-il ajouté, « ne cédera pas. »'
    """
    return _rewritten(text, _incises(text), inside=False)


@functools.lru_cache(maxsize=1024)  # a sentence is read again for each of its hypotheses
def _incises(text: str) -> tuple[_Aside, ...]:
    return tuple(_asides(text, _INCISE, _last_french))


def parted_english(english: str, french: str, *, comma_inside: bool = True) -> str:
    """An English sentence whose incises the model left inside the marks; `french` has them too.

    `comma_inside`: the first comma goes inside the marks, as Americans have it.

    >>> parted_english("“France, he added, will not yield.”", "« La France, ajoute-t-il, tient. »")
    '“France,” he added, “will not yield.”'
    """
    wanted = _incises(french)
    if not wanted:
        return english
    waiting = iter(wanted)

    def last(text: str, breaks: Sequence[Span], index: int) -> int | None:
        aside = next(waiting, None)
        return _last_as(aside, text, breaks, index) if aside else None

    found = list(_asides(english, _ENGLISH_INCISE, last))[: len(wanted)]
    return _rewritten(english, found, inside=comma_inside)


def unelided(text: str) -> str:
    """What is elided before a quotation written out: a model copies the apostrophe.

    >>> unelided("Il parle d'« abus » et de l’« affaire ».")
    "Il parle de « abus » et de « l'affaire »."
    """
    return _ELIDED.sub(_written_out, text)


def without_elisions(english: str, french: str) -> str:
    """An English sentence without what is left of an elision of the French before its marks.

    >>> without_elisions("the'“exception” and “the case”", "l’« exception » et l’« affaire »")
    'the “exception” and the “case”'
    """
    elided = [match[1].lower() for match in _ELIDED.finditer(french)]
    if not elided:
        return english
    english = _LEFT_APOSTROPHE.sub(" ", english, count=len(elided))
    return _ARTICLE_INSIDE.sub(r"\g<article>\g<mark>", english, count=elided.count("l"))


def _written_out(match: regex.Match[str]) -> str:
    word, mark = match[1], match["mark"]
    return f"{mark}{word}'" if word.lower() == "l" else f"{word}e {mark}"


def _asides(text: str, incise: regex.Pattern[str], last: Last) -> Iterator[_Aside]:
    """The incises of the outermost quotations, in order: at most one a quotation."""
    found = quotes.find_quotations(text) if len(text) <= LONGEST else ()
    inner = [quotation for quotation in found if quotation.depth]
    for quotation in found:
        if quotation.complete and not quotation.depth:
            stop = quotation.end - 1
            breaks = [
                match.span()
                for match in _BREAK.finditer(text, quotation.start + 1, stop)
                if not any(other.start < match.start() < other.end for other in inner)
            ]
            ending = _END.search(text, quotation.start + 1, stop)
            breaks.append((ending.start() if ending else stop, stop))
            yield from _first_aside(text, quotation, breaks, incise, last)


def _first_aside(
    text: str,
    quotation: quotes.Quotation,
    breaks: list[Span],
    incise: regex.Pattern[str],
    last: Last,
) -> Iterator[_Aside]:
    for index, before in enumerate(breaks[:-1]):
        if not incise.fullmatch(text, before[1], breaks[index + 1][0]):
            continue
        end = last(text, breaks, index + 1)
        if end is not None:
            parts = end - index if _is_comma(text, breaks[end]) else 0
            yield _Aside(quotation, before, breaks[end], parts)
        return


def _is_comma(text: str, span: Span) -> bool:
    return text[slice(*span)].lstrip().startswith(",")


def _last_french(text: str, breaks: Sequence[Span], index: int) -> int | None:
    """The break at which an incise ends that has one at `index`; None where that is not plain.

    Behind a comma either the speaker goes on, or the paper goes on about him: « Le port, dit Léa
    Roy, maire de Sète, est plein ». A quotation that may be either stays whole.
    """
    pronoun = _PRONOUN_ENDS.search(text, breaks[index - 1][1], breaks[index][0])
    while _is_comma(text, breaks[index]) and not pronoun and index + 1 < len(breaks):
        start, end = breaks[index][1], breaks[index + 1][0]
        if _CLAUSE.match(text, start, end):
            return index
        if not (_APPOSITION.fullmatch(text, start, end) or _NAME.fullmatch(text, start, end)):
            return None
        index += 1
    return index


def _last_as(aside: _Aside, text: str, breaks: Sequence[Span], index: int) -> int | None:
    """The break of the English at which an incise ends as it does in the French."""
    if aside.parts:
        index += aside.parts - 1
        fits = index < len(breaks) and _is_comma(text, breaks[index])
        return index if fits else None
    while _is_comma(text, breaks[index]) and index + 1 < len(breaks):
        index += 1
    return index


def _rewritten(text: str, asides: Sequence[_Aside], *, inside: bool) -> str:
    """The text with the marks moved; `inside`: a comma stands before the closing mark."""
    for aside in reversed(asides):
        first, last = aside.quotation.start, aside.quotation.end - 1
        opening = text[first : first + 1 + text[first + 1 : first + 2].isspace()]
        closing = text[last - text[last - 1 : last].isspace() : last + 1]
        mark = text[slice(*aside.before)].strip()
        ahead = "" if mark == "," else text[slice(*aside.before)].rstrip()
        words = text[aside.before[1] : aside.after[0]]
        joint = f",{closing} " if inside and not ahead else f"{ahead}{closing}{', ' * (not inside)}"
        joint = joint if joint.endswith(" ") else joint + " "
        mark = text[slice(*aside.after)].strip()
        if aside.after[1] == last:
            rest = mark + text[last + 1 :]
        else:
            rest = f"{mark} {opening}{text[aside.after[1] :]}"
        text = text[: aside.before[0]] + joint + words + rest
    return text
