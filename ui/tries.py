"""How often a password may be tried: after some wrong ones, each makes the next wait longer."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

#: Wrong tries that cost nothing: a typo is no attack.
FREE = 5
#: The longest wait, in seconds: for an address, and for a name, where it must not become a way to
#: keep somebody out.
LONGEST_FOR_ADDRESS = 900.0
LONGEST_FOR_NAME = 30.0
#: After so long without a try all is forgotten, in seconds.
MEMORY = 3600.0
#: Addresses and names that are remembered; the oldest ones are forgotten first.
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _Record:
    tries: int = 0
    last: float = 0.0
    until: float = 0.0


class Tries:
    """What was tried from an address and for a name; `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._records: OrderedDict[tuple[str, str], _Record] = OrderedDict()

    def wait(self, address: str, name: str) -> float:
        """Seconds until the next try; 0 where it may be now."""
        until = max(self._records.get(key, _Record()).until for key in _keys(address, name))
        return max(0.0, until - self._clock())

    def tried(self, address: str, name: str) -> None:
        """Count a try before its outcome is known, so that a hundred at once are a hundred."""
        address_key, name_key = _keys(address, name)
        self._count(address_key, LONGEST_FOR_ADDRESS)
        self._count(name_key, LONGEST_FOR_NAME)

    def right(self, address: str, name: str) -> None:
        """It was the right password: forget the tries."""
        for key in _keys(address, name):
            self._records.pop(key, None)

    def _count(self, key: tuple[str, str], longest: float) -> None:
        now = self._clock()
        record = self._records.pop(key, _Record())
        tries = 1 if now - record.last > MEMORY else record.tries + 1
        pause = min(longest, 2.0 ** min(tries - FREE, 20)) if tries > FREE else 0.0
        self._records[key] = _Record(tries, now, now + pause)
        while len(self._records) > REMEMBERED:
            self._records.popitem(last=False)


def _keys(address: str, name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("address", network(address)), ("name", name)


def network(address: str) -> str:
    """An address as one party: of IPv6 the first 64 bits, which one line has to itself.

    >>> network("2001:db8::1"), network("192.0.2.7"), network("testclient")
    ('2001:db8::/64', '192.0.2.7', 'testclient')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((found, 64), strict=False))
