"""Data only: the words by which a reader tells French from English at a glance.

Words that both languages share with another sense ("on", "pour", "but", "or", "son", "car") are
left out on purpose, except where one use is far the commoner in a newspaper.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _endings(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: Grammatical words of French; elided forms ("l", "qu") are looked up without their apostrophe.
FRENCH_FUNCTION = _words(
    """
    le la les un une des du de au aux ce cet cette ces et ou où mais donc ni que qui quoi dont
    quel quelle quels quelles lequel laquelle lesquels pourquoi quand comme si puis ainsi alors
    aussi encore déjà deja toujours jamais rien ne pas non oui très tres trop peu moins plus bien
    je tu il elle nous vous ils elles lui leur leurs eux se soi moi toi y en mon ma mes ta tes sa
    ses notre nos votre vos celui celle ceux celles cela ça ceci dans sur sous avec sans pour par
    chez vers entre pendant depuis avant après apres contre selon malgré malgre parmi dès jusque
    jusqu lors lorsque lorsqu puisque puisqu parce afin outre hors voici voilà est sont était
    etait étaient etaient été ete être etre sera seront serait fut furent soit a ont avait avaient
    aura auront aurait avoir fait font faire peut peuvent pouvait doit doivent va vont veut
    veulent dit quant chaque plusieurs quelques aucun aucune tout toute tous toutes même meme
    autre autres deux trois quatre cinq sept huit neuf dix onze douze vingt trente cent mille
    premier première premiere hier demain aujourd hui ici là selon face environ presque
    mme mmes mlle mgr d l s j c n m t qu quelqu presqu
    """
)

#: Grammatical words of English.
ENGLISH_FUNCTION = _words(
    """
    the an and or of to in at by for with from into onto over under during before after as that
    this these those there here where when while who whom whose which what why how is are was
    were be been being am has have had having do does did done will would shall should could can
    may might must not no nor so than then too very it its he she they them his him her hers
    their theirs we us our ours you your yours i my mine me if but because although though until
    since against between among through about above below behind near outside inside across
    along past around off up down out away back again more most less least such some any each
    every all both few many much own same other another only just also ahead amid amidst upon
    toward towards within without per via isn don doesn didn won wouldn couldn aren wasn weren
    hasn haven hadn ll ve re one two three four five seven eight nine ten first
    """
)

#: Grammatical in both languages (with different senses): no evidence either way.
SHARED = _words("on a me or but as an am are si ma mine pour car son ton sur plus six dont tout i")

#: Grammatical words of French and English that no neighbouring language writes alike.
FRENCH_ONLY = _words(
    """
    du aux est dans pour avec sur pas plus qui ont sont cette ces été leur leurs nous vous elle
    mais où était aussi après selon être fait deux sous chez lui ainsi dont ils elles
    """
)
ENGLISH_ONLY = _words(
    """
    the of and to is was that with from by are were his her has have had this which they would
    their been its could should there what when who
    """
)

#: Grammatical words of the languages around: what French and English do not write alike.
NEIGHBOURS = {
    "de": _words(
        """
        der die das den dem des ein eine einen einem einer und oder aber nicht kein keine ist
        sind war waren wird wurde werden hat haben hatte sich auf mit von vom zum zur bei nach
        aus für über unter vor durch gegen ohne um im am er sie es wir ihr ich dass daß wenn
        weil auch noch nur schon sehr mehr als wie was wer gestern heute sagte dieser diese
        dieses seine seiner ihre
        """
    ),
    "it": _words(
        """
        il lo gli i uno una di del dello della dei degli delle al allo alla ai agli alle dal
        dalla dai nel nello nella nei nelle sul sulla sui e ed o ma che chi cui non è sono era
        erano ha hanno aveva si ci con per tra fra come anche più già ieri oggi questo questa
        questi suo sua loro detto stato stata essere
        """
    ),
    "es": _words(
        """
        el los las una unos unas del al y o pero que quien no es son era eran fue ha han había
        se con por para sin sobre entre hasta desde como también más muy ya ayer hoy este esta
        estos esa su sus lo le les dijo según está están ser
        """
    ),
    "pt": _words(
        """
        o os as um uma uns umas do da dos das no na nos nas ao aos à e ou mas que quem não é são era
        eram foi tem têm tinha se com por para sem sobre entre até desde como também mais muito já
        ontem hoje este esta estes essa seu sua disse segundo está estão ser vai pelo pela
        """
    ),
    "nl": _words(
        """
        de het een en of maar dat die niet geen is zijn was waren wordt werd heeft hebben had
        zich op met van voor bij naar uit over onder door tegen zonder om in te aan hij zij wij
        ik ze als ook nog maar zeer meer gisteren vandaag zei deze dit zal zou hun
        """
    ),
}

#: Content words that decide one- to four-word lines: headlines, menus, captions.
FRENCH_COMMON = _words(
    """
    accueil actualité actualités actualite contexte recherche rechercher imprimer partager
    envoyer abonner abonnez abonnés abonnement connexion connecter inscription archives fermer
    accepter refuser réinitialiser commentaire commentaires don dons recevoir
    découvrir voir lire suivre suivez nos vos mentions légales plan recul hausse baisse grève
    greve guerre paix mort morts mortes décès blessé blessés attentat attaque frappe frappes
    séisme élection élections vote gouvernement président présidente ministre députés sénat
    maire préfet état etat pays ville monde europe justice tribunal procès avocat juge police
    enquête bourse marché marchés prix chômage retraites impôts budget économie société santé
    école science sciences sport équipe match victoire défaite bat battent reçoit gagne perd quitte
    accuse recrute renonce recule menace annonce appelle rejette refuse adopte vise lance relance
    dénonce demande promet propose salue critique visite rencontre accord appel retour chute
    bilan récit portrait entretien reportage analyse éditorial tribune dossier vidéo
    légende crédit illustration capture écran archive vue rue femme homme enfant enfants
    soir matin jour jours semaine mois an ans année lundi mardi mercredi jeudi vendredi samedi
    dimanche janvier février mars avril juin juillet août septembre octobre novembre décembre
    absent absente grand grande petit petite nouveau nouvelle nouveaux nouvelles dernier dernière
    prince roi reine chef patron joueur film livre fin début suite vers droits utilisons
    bienvenue merci bonjour cliquez ici savoir aveux nord sud ouest est inondations incendie
    résultats resultats ministère mairie siège guide nuit feu mer eau pluie neige froid
    chaleur commenter répondre signaler imprimer
    licencie poursuit renvoyé attendu
    attendue blesse blessee condamne condamné elu elue tue tués découverte decouverte bientôt
    maintenant regardez écoutez merci pardon bravo peut-être ensuite pourtant cependant enfin
    """
)

#: More headline words, mostly the first ones of lines like "Affaire Dupont" or "Visite de Macron".
FRENCH_COMMON |= _words(
    """
    affaire assassinat arrestation victoire retraite interview disparition démission hommage
    obsèques enlèvement évasion naissance mariage divorce tournée concert exposition festival
    sommet réunion colloque débat motion censure référendum scrutin sondage campagne candidat
    candidate candidature coalition majorité opposition remaniement dissolution proposition projet
    loi réforme décret amendement ordonnance traité alliance trêve otage otages armée soldat
    soldats bombardement bombardements missile missiles drone drones nucléaire sanctions embargo
    frontière migrants réfugiés naufrage tempête ouragan canicule sécheresse incendies feux crue
    crues épidémie vaccin hôpital médecins infirmières enseignants lycée lycéens université
    étudiants professeurs collège élèves agriculteurs paysans ouvriers salariés syndicat syndicats
    patronat entreprise usine licenciements emploi salaire salaires pouvoir achat essence carburant
    électricité logement loyer loyers banque banques croissance dette déficit dépenses impôt taxe
    taxes douanes commerce exportations importations pétrole gaz blé train trains avion avions
    voiture voitures route routes autoroute bateau navire plage montagne forêt fleuve rivière
    région province département commune canton quartier village
    mairie église cathédrale musée théâtre cinéma musique chanson chanteur
    chanteuse acteur actrice réalisateur écrivain roman prix exposition championnat championne
    champion coupe finale demi-finale tournoi but buts entraîneur sélectionneur joueuse joueurs
    équipes ligue classement médaille médailles course étape cyclisme natation athlétisme
    attaquant gardien arbitre supporters fête vacances météo jeux
    exclusif exclusivité direct vidéos podcast enquêtes impossible faux vrai urgent édito
    """
)

#: Places whose French name differs from the English one.
FRENCH_COMMON |= _words(
    """
    allemagne angleterre espagne italie grèce suède norvège danemark finlande islande pologne
    roumanie bulgarie hongrie autriche suisse belgique pays-bas irlande écosse turquie russie
    biélorussie lituanie lettonie estonie slovénie slovaquie croatie serbie albanie macédoine
    tchéquie chypre malte chine japon inde corée syrie liban jordanie irak arabie koweït émirats
    égypte maroc algérie tunisie libye mauritanie éthiopie somalie tanzanie ouganda zambie guinée
    cameroun tchad sénégal brésil argentine mexique pérou équateur bolivie colombie états-unis
    royaume-uni nouvelle-zélande australie indonésie malaisie birmanie thaïlande géorgie arménie
    azerbaïdjan cisjordanie londres moscou pékin varsovie genève bruxelles lisbonne athènes
    copenhague alger téhéran bagdad damas beyrouth jérusalem asie amérique amériques océanie
    antarctique méditerranée atlantique
    """
)

ENGLISH_COMMON = _words(
    """
    home news world business sports weather search login sign subscribe newsletter share
    read skip content cookies accept terms privacy policy rights reserved comment comments leave
    breaking markets market stocks stock talks talk ceasefire war peace killed kills kill dead
    dies died death storm strike strikes leader leaders people protest protesters protests rally
    police officers soldiers troops workers supporters voters students children child woman women
    man men crowd street building house church school hospital river sea field fields border
    ship ships plane train bus car cars fire smoke flood flooded earthquake rubble damaged
    seen view aerial holds hold says say said told sits stands walks walk speaks speak arrives
    leaves attends meets shakes waves carries looks pass passes works work fails fall falls
    rise rises slide slides surge cut cuts rate rates week month year years day today yesterday
    tomorrow monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december mayor chairman head
    team players player game win wins lose loses trophy goal results
    election elections know update live latest new old harbour harbor dawn dusk night morning
    evening picture file handout courtesy provided editors attention
    mandatory credit resales archives restricted editorial use during opening ceremony after
    supplied third party
    """
)

#: All words that tell one language from the other.
TELLING = FRENCH_FUNCTION | ENGLISH_FUNCTION | FRENCH_COMMON | ENGLISH_COMMON

#: Endings of lower-case words that one language has and the other hardly ever.
FRENCH_ENDINGS = _endings(
    """
    aient eaux eux euse euses ique iques iste istes isme ement ements ité ités tion nnent rait
    issent ées és ée ère ères oire oires aire aires eur eurs ienne iennes elle elles ette ettes
    ance ille illes gne gnes que ques ègue ois oise aux
    """
)
ENGLISH_ENDINGS = _endings(
    """
    ing ness ship ships ight ought ould ways wards hood ful less ely ally sh
    """
)

#: Particles that may stand inside a proper name ("Place de la République", "bin Laden").
NAME_PARTICLES = _words(
    "de du des la le les d al el bin ben von van der den del della di da dos do y sur en aux et "
    "sous lès the of and à au"
)

#: Particles that a bare person's name may hold; any other says that a line of names is French.
PERSON_PARTICLES = _words("de la le d al el bin ben von van der den del della di da dos do y")

#: Nouns that begin the names of places and bodies: "Place de la République", "Banque de France".
NAME_NOUNS = _words(
    """
    place rue avenue boulevard quai pont porte gare port tour palais château cathédrale
    basilique église abbaye musée stade parc jardin jardins hôtel théâtre opéra banque
    université école lycée collège hôpital centre maison cour conseil assemblée ministère
    institut académie fondation compagnie société côte mont mer golfe île îles lac val vallée
    bois forêt cap col pays ligue coupe grand prix festival radio télévision journal parti front
    mouvement union fédération association ville bourg plateau massif baie détroit canal route
    aéroport marché salle cercle club racing étoile olympique sporting grotte dune pointe bassin
    vallon plaine mairie caisse crédit électricité gaz eau voix chemin chemins passage square
    cité cimetière fort citadelle tombeau arc dôme
    """
)

#: Names that are made of common words.
NAMES_OF_WORDS = frozenset(
    line.strip()
    for line in """
    société générale / crédit agricole / crédit mutuel / crédit lyonnais / banque postale
    / la banque postale / air liquide / la poste / le monde / libération / le figaro / l'équipe
    / l’équipe / le parisien / les échos / les echos / la croix / l'humanité / l’humanité / le point
    / l'express / l’express / marianne / valeurs actuelles / courrier international / la tribune
    / médecins sans frontières / médecins du monde / reporters sans frontières / secours catholique
    / secours populaire / les républicains / renaissance / la france insoumise / horizons
    / rassemblement national / reconquête / place publique / le canard enchaîné / sud ouest
    / la provence / la dépêche / nord éclair / arrêt sur images / france bleu / la redoute
    / carrefour / bruno le maire / la pléiade / les enfoirés / grand corps malade / petit bateau
    / galeries lafayette
    """.replace("\n", " ").split("/")
)

#: News and photo agencies as they sign; upper and lower case matter.
AGENCIES = (
    "REUTERS",
    "Reuters",
    "AFPTV",
    "AFP",
    "AP Photo",
    "AP",
    "EPA-EFE",
    "EPA",
    "EFE",
    "Getty Images",
    "GETTY IMAGES",
    "Getty",
    "Sputnik",
    "SPUTNIK",
    "TASS",
    "KCNA",
    "Yonhap",
    "Xinhua",
    "Kyodo",
    "ANSA",
    "DPA",
    "dpa",
    "UPI",
    "PA Wire",
    "Anadolu Agency",
    "Anadolu",
    "Sipa Press",
    "Sipa USA",
    "SIPA",
    "Sipa",
    "Abacapress",
    "ABACA",
    "Abaca",
    "MAXPPP",
    "Maxppp",
    "Maxar Technologies",
    "Belga",
    "BELGA",
    "Keystone",
    "KEYSTONE",
    "NurPhoto",
    "Zuma Press",
    "ZUMA",
    "Hans Lucas",
    "Bestimage",
    "Icon Sport",
    "IP3 Press",
    "Gamma-Rapho",
    "Shutterstock",
    "Unsplash",
    "Wikimedia Commons",
    "RIA Novosti",
    "Kremlin.ru",
    "Planet Labs",
    "Bloomberg",
    "Magnum Photos",
    "Pool",
    "POOL",
    "Handout",
    "HANDOUT",
    "File Photo",
    "FILE PHOTO",
)

#: Endings by which a capitalised word that stands alone is a common noun or verb and no name.
SINGLE_ENDINGS = (
    *FRENCH_ENDINGS,
    *_endings("tions sion sions ment ments ure ures age ages eurs ives if ifs ez ness ing tive"),
)

#: Endings that make a capitalised word before "de" a noun ("Arrestation de ...") and no name.
NOUN_ENDINGS = _endings("tion tions sion sions ment ments age ages isme ité ités ée ées")
