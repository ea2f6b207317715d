"""Hypothesis strategies: sentences and articles of French, English, quotations and rubbish."""

from hypothesis import strategies as st

WORDS = st.sampled_from(
    "le la un ministre ville maire président accord déclaré annoncé hier lundi dans pour avec que "
    "qui mais selon près Paris Lyon Vladimir Poutine Marie Dupont État-major aujourd’hui l’accord "
    "d’armes n'a J.-C. M. Mme n° art. œuvre cœur 2024 12 3,5 1er XIXe".split()
) | st.sampled_from(["12\u202f000", "14\u00a0h\u00a030"])
INLINE = st.sampled_from(
    "[lien](https://a.fr/x%20y) a.b@journal.fr https://site.fr/p?q=1 **gras** *beau* `code` "
    "<b>x</b> 📚 © محمد #mot unsite.fr &amp; * _ [ ]( "
    "a.fr/x?Id=1 bit.ly/Ab9 [^1] {nom} %1$s".split()
)
PHRASES = st.lists(st.one_of(WORDS, WORDS, WORDS, INLINE), min_size=1, max_size=8).map(" ".join)
MARKS = st.sampled_from(
    [("« ", " »"), ("«\u202f", "\u202f»"), ("“", "”"), ('"', '"'), ("« ", " »")]
)
ENDS = st.sampled_from([".", ".", ".", " !", "\u202f?", "…", " ;", ""])
ENGLISH = st.sampled_from(
    [
        "Demonstrators march through the streets of Paris, France, on June 19, 2024.",
        "The leaders shake hands before their meeting at the palace in Pyongyang.",
        "A view of the building that was damaged by the storm. Jane Doe/Pool via REUTERS",
    ]
)
FRENCH = st.sampled_from(
    [
        "Le ministre a déclaré mardi que la situation était grave.",
        "Les habitants de la ville ont été évacués dans la nuit.",
        "« Nous n’avons pas le choix », a expliqué la maire devant les journalistes.",
        "La hausse atteint 3,5 % et concerne 12 000 personnes depuis le 1er janvier.",
        "Elle a ajouté : « Il faut partir. Nous reviendrons demain ! »",
    ]
)


@st.composite
def quoted(draw: st.DrawFn) -> str:
    opening, closing = draw(MARKS)
    return opening + draw(PHRASES) + draw(ENDS).strip() + closing


@st.composite
def sentences(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.one_of(PHRASES, PHRASES, quoted()), min_size=1, max_size=4))
    joiner = draw(st.sampled_from([" ", ", ", " : ", " – "]))
    text = joiner.join(parts) + draw(ENDS)
    return text[0].upper() + text[1:]


def blocks() -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(sentences(), min_size=1, max_size=3).map(" ".join),
        st.lists(FRENCH, min_size=1, max_size=4).map(" ".join),
        ENGLISH,
        st.sampled_from(
            ["A+A-", "Partager", "Faire un don", "- point", "12 000 €", "**", "…", "\u200b"]
        ),
        st.text(max_size=40),
    )


def articles() -> st.SearchStrategy[str]:
    gaps = st.sampled_from(["\n\n", "\n", "\r\n\r\n", "\n \n", "\n\n\n"])
    return st.builds(
        lambda parts, gap: gap.join(parts), st.lists(blocks(), min_size=1, max_size=7), gaps
    )
