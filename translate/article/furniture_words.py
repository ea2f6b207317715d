"""Data only: what news pages print around their articles, in French and English.

Everything is written as `furniture.fold` leaves it: lower case, without accents, apostrophes and
other signs turned into single spaces.
"""


def _lines(text: str) -> frozenset[str]:
    return frozenset(line.strip() for line in text.strip().splitlines() if line.strip())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: After one of these, short lines up to the next paragraph are links to other articles.
LINK_LIST_OPENERS = _lines(
    """
    lire aussi
    a lire aussi
    a lire egalement
    voir aussi
    sur le meme sujet
    sur le meme theme
    articles similaires
    articles lies
    articles recents
    articles associes
    dans la meme rubrique
    les plus lus
    plus lus
    vous aimerez aussi
    recommande pour vous
    a decouvrir
    read also
    see also
    related articles
    related posts
    most read
    """
)

#: Whole lines that are never part of an article; `terms/pages.tsv` has their English.
FRENCH_LINES = _lines(
    """
    faire un don
    je fais un don
    je donne
    soutenez nous
    nous soutenir
    reinitialiser
    imprimer
    imprimer cet article
    imprimer l article
    partager
    partagez
    partager cet article
    partager l article
    partager sur
    partager par mail
    partager par e mail
    envoyer par e mail
    envoyer par mail
    envoyer a un ami
    envoyer
    copier le lien
    lien copie
    ecouter l article
    ecouter cet article
    offrir l article
    offrir cet article
    enregistrer
    sauvegarder
    ajouter aux favoris
    retour a la une
    retour en haut
    haut de page
    se connecter
    connexion
    deconnexion
    se deconnecter
    mon compte
    creer un compte
    s inscrire
    inscription
    je m inscris
    je m abonne
    s abonner
    abonnez vous
    deja abonne
    deja abonne se connecter
    article reserve aux abonnes
    reserve aux abonnes
    contenu reserve aux abonnes
    cet article est reserve aux abonnes
    nos newsletters
    mot de passe oublie
    menu
    fermer
    fermer le menu
    ouvrir le menu
    aller au contenu
    aller au contenu principal
    passer au contenu
    rechercher
    recherche
    accueil
    plan du site
    mentions legales
    conditions generales d utilisation
    conditions d utilisation
    politique de confidentialite
    protection des donnees
    gestion des cookies
    gerer les cookies
    parametrer les cookies
    parametres des cookies
    preferences cookies
    accepter
    tout accepter
    accepter tout
    accepter et fermer
    accepter et continuer
    accepter les cookies
    refuser
    tout refuser
    refuser les cookies
    continuer sans accepter
    personnaliser
    en savoir plus
    lire la suite
    lire plus
    voir plus
    voir tout
    voir tous les articles
    afficher plus
    charger plus d articles
    contact
    contactez nous
    nous contacter
    qui sommes nous
    a propos
    a propos de nous
    nous suivre
    suivez nous
    suivre
    publicite
    annonce
    contenu sponsorise
    commentaires
    commenter
    commenter cet article
    aucun commentaire
    laisser un commentaire
    laissez un commentaire
    laisser une reponse
    ajouter un commentaire
    ecrire un commentaire
    publier un commentaire
    poster le commentaire
    laisser un commentaire annuler la reponse
    annuler la reponse
    repondre
    signaler
    signaler une erreur
    votre nom
    votre email
    votre e mail
    votre adresse e mail
    votre commentaire
    nom
    e mail
    site web
    adresse e mail
    article precedent
    article suivant
    precedent
    suivant
    flux rss
    fil info
    """
)

#: The same of English pages, and what both languages write.
_OTHER_LINES = _lines(
    """
    home
    sign in
    log in
    login
    sign up
    subscribe
    subscribe now
    subscribe to our newsletter
    share
    share this article
    share on facebook
    share on twitter
    tweet
    print
    email
    copy link
    read more
    leave a comment
    leave a reply
    comments
    skip to content
    skip to main content
    search
    about us
    contact us
    privacy policy
    terms of use
    terms and conditions
    cookie policy
    accept
    accept all
    accept all cookies
    accept cookies
    reject all
    decline
    learn more
    advertisement
    donate
    all rights reserved
    all articles
    back to top
    newsletter
    newsletters
    navigation
    rss
    facebook
    twitter
    whatsapp
    linkedin
    instagram
    youtube
    telegram
    a a
    """
)

FIXED_LINES = FRENCH_LINES | _OTHER_LINES | LINK_LIST_OPENERS

#: Beginnings of lines that are furniture whatever follows (lines of at most 160 characters).
OPENINGS = _lines(
    """
            lire aussi
            a lire aussi
            a lire egalement
            a lire sur le meme sujet
            voir aussi
            ecouter aussi
            temps de lecture
            partager sur
            partagez sur
            partager cet article
            partagez cet article
            suivez nous sur
            suivez l actualite
            retrouvez nous sur
            rejoignez nous sur
            abonnez vous
            inscrivez vous a
            inscrivez vous gratuitement
            recevez notre newsletter
            recevez gratuitement
            telechargez notre application
            telechargez l application
            cliquez ici
            laisser un commentaire
            laissez un commentaire
            votre adresse e mail ne sera pas publiee
            votre adresse de messagerie ne sera pas publiee
            les champs obligatoires
            en utilisant ce formulaire
            en soumettant ce formulaire
            tous droits reserves
            soutenez notre
            faites un don
            share on
            read more
            follow us
            subscribe to
            sign up for
            """
)

#: Phrases by which a site speaks to its reader: cookie notices, donation calls, newsletter boxes,
#: forms. Nothing an article says of itself.
ADDRESSES = _lines(
    """
    nous utilisons des cookies
    nous utilisons les cookies
    nous et nos partenaires
    ce site utilise des cookies
    notre site utilise des cookies
    ce site web utilise des cookies
    notre utilisation des cookies
    en continuant a naviguer
    en continuant votre navigation
    en poursuivant votre navigation
    en poursuivant votre lecture
    votre vie privee compte
    votre vie privee est importante
    ameliorer votre experience
    vous acceptez
    votre consentement
    modifier vos preferences
    modifier vos choix
    continuer sans accepter
    stockage et la gestion de vos donnees
    le traitement de vos donnees
    bonne lecture sur
    merci de votre visite
    bienvenue sur notre site
    faites un don
    votre don
    chaque don compte
    soutenez notre
    grace a vos dons
    grace a votre soutien
    grace a nos lecteurs
    notre newsletter
    nos newsletters
    votre boite mail
    vous desinscrire
    inscrivez vous
    abonnez vous
    votre adresse e mail
    votre adresse email
    votre adresse ne sera pas publiee
    ce formulaire
    champs obligatoires sont
    enregistrer mon nom
    mon prochain commentaire
    we use cookies
    this site uses cookies
    our use of cookies
    by continuing to
    improve your experience
    you agree to
    our privacy policy
    your inbox
    support our journalism
    """
)

#: Phrases such texts share with articles about the same matter: they count beside an address only.
TOPICS = _lines(
    """
    utilisation des cookies
    utilisation de cookies
    refuser les cookies
    accepter les cookies
    cookies non essentiels
    depot de cookies
    nos partenaires
    votre experience
    retirer votre consentement
    politique de confidentialite
    en savoir plus
    tout accepter
    tout refuser
    mesurer l audience
    publicites personnalisees
    vos donnees personnelles
    vos donnees
    bienvenue sur
    faire un don
    vos dons
    deductible de vos impots
    deductible des impots
    deductibles des impots
    notre redaction
    journalisme independant
    site web
    e mail
    privacy policy
    accept all
    """
)

#: Sections and tools of a news site: a line of nothing else is a menu.
MENU_WORDS = _words(
    """
    accueil actualite actualites actu actus une monde international france europe afrique asie
    ameriques amerique moyen orient proche politique economie entreprises finance bourse societe
    justice faits divers sante sciences science technologies tech numerique environnement
    planete climat culture cultures cinema musique livres arts medias sport sports football
    rugby tennis idees debats opinions opinion tribunes editos edito blogs videos video podcasts
    podcast photos direct live infos info dossiers dossier regions region paris immobilier
    emploi education campus voyage voyages cuisine style mode loisirs jeux meteo horoscope
    programme tv radio services boutique archives newsletters newsletter abonnement abonnements
    rubriques contact recherche menu connexion fil magazine home news world business politics
    entertainment health lifestyle more
    """
)

#: Small words that may stand between menu words.
MENU_GLUE = _words(
    """
    et la le les l a de des en plus d the and
    """
)
