"""What the desk knows of written French: data only, no code.

Every abbreviation stands without its last full stop and has a case in
`tests/golden/segments.txt`. The rules that read these tables are in `sentences.py`.
"""

#: Titles: a name follows, so the sentence never ends here.
TITLES = frozenset(
    """
    M MM Mr Mrs Ms Mme Mmes Mlle Mlles Dr Drs Pr Prs Prof Mgr Mgrs Me Mes St Ste Sts Stes
    Vve Cte Ctesse Vte Gal Gén Col Cdt Cne Lt Sgt Adj Sr Sra Maj Ing R.P S.M S.A.R S.E
    Lt-Col Lt-Cl Lieut Cap Brig Adj-Chef Sgt-Chef Mal Vice-Am Dir Insp
    prof profs dr drs pr mgr gal gén lt lt-col lt-cl lieut cdt cne sgt sgt-chef adj-chef brig
    vice-am insp
    """.split()
)

#: Short first names: like an initial, a family name follows.
FIRST_NAMES = frozenset("Ch Chr Cl Fr Ph Th Jh Jph".split())

#: Abbreviations that are followed by what they introduce: a name, an example, a work.
CONTINUED = frozenset(
    """
    cf c.-à-d càd i.e e.g p.ex vs c v av apr bd bld boul pl fg rte sq dir trad coll préf ill éd
    ép anc adj suppl sté ets éts dép sén hon ed édit edit
    """.split()
) | {"p. ex"}

#: Abbreviations that are followed by a number; with another word after them they may end.
NUMBERED = frozenset(
    """
    p pp art al n no nos num vol t chap ch fig env tél réf rééd max min approx par sect tab ann
    fol liv bât op
    """.split()
)

#: Days: words of their own ("mer", "jeu"), so they count only before a date.
WEEKDAYS = frozenset("lun mar mer jeu ven sam dim".split())

#: Nouns that take a letter: "le plan B." may end a sentence, where "John B." goes on.
LETTERED = frozenset(
    """
    vitamine vitamines plan groupe groupes série ligue hépatite classe point type catégorie option
    lettre annexe ligne rer métro poule pool division note bloc zone norme grippe
    """.split()
)

#: Words before a group of initials that is a body and not a person: "la S.N.C.F."
ARTICLES = frozenset("la le les l du des au aux un une cette ce".split())

#: Initials that a name follows although an article stands before them: "le F.C. Nantes" and
#: "la S.A.R.L. Petit".
CLUBS = frozenset(
    """
    F.C A.S R.C S.C A.C U.S O.G.C S.A S.A.S S.A.R.L E.U.R.L S.C.I S.C.P S.C.O.P S.N.C G.I.E
    """.split()
)

#: Words before "J.-C.", which may end a sentence.
ERAS = frozenset("av apr avant après".split())

#: How the line of a correspondent begins: "De notre correspondante à Rome. – Le pape ..."
DATELINE_STARTS = ("de notre ", "de nos ", "correspondance", "envoyé", "envoyée")

#: Towns that stand alone before the first sentence of an article: "Lyon. Un incendie ..."
DATELINE_TOWNS = frozenset(
    """
    Paris Marseille Lyon Toulouse Nice Nantes Montpellier Strasbourg Bordeaux Lille Rennes Reims
    Toulon Grenoble Dijon Angers Nîmes Villeurbanne Brest Tours Amiens Limoges Annecy Perpignan
    Metz Besançon Orléans Rouen Mulhouse Caen Nancy Avignon Poitiers Dunkerque Versailles Pau
    Calais Colmar Bourges Quimper Valence Troyes Chambéry Lorient Ajaccio Bastia Vannes Laval
    Bruxelles Liège Namur Genève Lausanne Luxembourg Montréal Québec Alger Tunis Rabat Dakar
    Abidjan Bamako Kinshasa Londres Berlin Rome Madrid Lisbonne Athènes Vienne Varsovie Kiev Moscou
    Washington Pékin Tokyo Jérusalem Beyrouth
    """.split()
)

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
