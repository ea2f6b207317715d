"""What the desk knows of written French: data only, no code.

Every abbreviation stands without its last full stop and has a case in
`tests/golden/segments.txt`. The rules that read these tables are in `segmenter.py` and
`quotes.py`.
"""

#: Characters that part words and are never the end of a sentence: Unicode white space (with the
#: no-break and narrow no-break spaces of French typography), zero-width space, word joiner, BOM.
BLANKS = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680))) + "".join(
    map(chr, (*range(0x2000, 0x200C), 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF))
)

#: Quotation marks that always open, and the family (named by its opening mark) each belongs to.
OPENING_MARKS = {"«": "«", "‹": "‹", "„": "„", "“": "“"}
#: Quotation marks that always close.
CLOSING_MARKS = {"»": "«", "›": "‹", "”": "“"}
#: Marks that are also apostrophes: a quotation only where both ends are found.
SINGLE_MARKS = {"‘": "‘", "’": "‘", "'": "'"}
#: The typewriter's mark, whose direction is read off its neighbours.
STRAIGHT_MARK = '"'

#: What loses its vowel before an apostrophe: "l’ « ici »" has no closing quotation mark in it.
ELISIONS = frozenset(
    "c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu quelqu aujourd entr prud".split()
)

#: Titles: a name follows, so the sentence never ends here.
TITLES = frozenset(
    """
    M MM Mr Mrs Ms Mme Mmes Mlle Mlles Dr Drs Pr Prs Prof Mgr Mgrs Me Mes St Ste Sts Stes
    Vve Cte Ctesse Vte Gal Gén Col Cdt Cne Lt Sgt Adj Sr Sra Maj Ing R.P S.M S.A.R S.E
    """.split()
)

#: Short first names: like an initial, a family name follows.
FIRST_NAMES = frozenset("Ch Chr Cl Fr Ph Th Jh Jph".split())

#: Abbreviations that are followed by what they introduce: a name, an example, a work.
CONTINUED = frozenset(
    """
    cf c.-à-d càd i.e e.g p.ex vs c v av apr bd bld boul pl fg rte sq dir trad coll préf ill éd
    ép anc adj suppl sté ets éts dép sén hon
    """.split()
) | {"p. ex"}

#: Abbreviations that are followed by a number; with another word after them they may end.
NUMBERED = frozenset(
    """
    p pp art al n no nos num vol t chap ch fig env tél réf rééd max min approx par sect tab ann
    fol liv bât op
    """.split()
)

#: Months. "mars", "mai", "juin" and "août" are not abbreviated.
FULL_MONTHS = {
    **{"janv": "janvier", "jan": "janvier", "févr": "février", "fév": "février", "avr": "avril"},
    **{"juil": "juillet", "juill": "juillet", "sept": "septembre", "oct": "octobre"},
    **{"nov": "novembre", "déc": "décembre"},
}
MONTHS = frozenset(FULL_MONTHS)

#: Days: words of their own ("mer", "jeu"), so they count only before a date.
WEEKDAYS = frozenset("lun mar mer jeu ven sam dim".split())

#: Full names of the months, to know a date.
MONTH_NAMES = frozenset(
    """
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    """.split()
)

#: Nouns that take a letter: "le plan B." may end a sentence, where "John B." goes on.
LETTERED = frozenset(
    """
    vitamine vitamines plan groupe groupes série ligue hépatite classe point type catégorie option
    lettre annexe ligne rer métro poule pool division note bloc zone norme grippe
    """.split()
)

#: Words before a group of initials that is a body and not a person: "la S.N.C.F."
ARTICLES = frozenset("la le les l du des au aux un une cette ce".split())

#: Initials that a name follows although an article stands before them: "le F.C. Nantes".
CLUBS = frozenset("F.C A.S R.C S.C A.C".split())

#: Words before "J.-C.", which may end a sentence.
ERAS = frozenset("av apr avant après".split())

#: How the line of a correspondent begins: "De notre correspondante à Rome. – Le pape ..."
DATELINE_STARTS = ("de notre ", "de nos ", "correspondance", "envoyé", "envoyée")

#: Words that begin sentences and are no family names: after "Karim B." they tell an end.
OPENERS = frozenset(
    """
    il elle ils elles on je tu nous vous ce cela ça c j qu s n d l celui celle ceux celles
    le la les un une des du de au aux à ce cet cette ces son sa ses leur leurs mon ma mes notre nos
    votre vos tout toute tous toutes chaque aucun aucune plusieurs certains certaines quelques
    et mais ou or car donc ni si que qui quoi quand où comment pourquoi combien quel quelle quels
    dans en pour par sur sous avec sans selon depuis lors pendant avant après entre vers chez contre
    malgré dès durant puis ensuite enfin ainsi alors aussi toutefois cependant pourtant néanmoins
    hier aujourd demain lundi mardi mercredi jeudi vendredi samedi dimanche deux trois quatre
    cinq six sept huit neuf dix y comme lorsque puisque parce même très plus moins déjà ici là
    non oui voici voilà face grâce interrogé interrogée contacté contactée jugé jugée
    """.split()
)

#: What follows the dot of a domain or file name, in whatever case: "Booking.Com" is one word.
SUFFIXES = frozenset(
    """
    com fr net org eu info be ch ca uk de io tv gouv edu gov co app dev js md txt pdf doc docx xls
    xlsx csv html htm php py json xml zip png jpg jpeg gif mp3 mp4
    """.split()
)
