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
    d l s j c n m t qu quelqu presqu
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
