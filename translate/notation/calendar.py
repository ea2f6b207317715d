"""The months of French, in full and abbreviated."""

#: Months. "mars", "mai", "juin" and "août" are not abbreviated.
FULL_MONTHS = {
    **{"janv": "janvier", "jan": "janvier", "févr": "février", "fév": "février", "avr": "avril"},
    **{"juil": "juillet", "juill": "juillet", "sept": "septembre", "oct": "octobre"},
    **{"nov": "novembre", "déc": "décembre"},
}
MONTHS = frozenset(FULL_MONTHS)

#: Full names of the months, to know a date.
MONTH_NAMES = frozenset(
    """
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    """.split()
)
