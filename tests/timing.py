"""The processor time that work takes, and how it grows: other work does not change them much."""

import gc
import math
import time
from collections.abc import Callable

#: Exponent of the length that a time may grow with: 1 is linear, 2 is what brings a desk down.
GROWTH = 1.2
#: Less is not measured; a share that grows with the square of the length is small in it.
NOISE_S = 0.02
#: A growth is measured again before it is believed: caches and neighbours disturb it.
TRIES = 3


def cpu_seconds(work: Callable[[], object]) -> float:
    """The processor time of this thread that some work takes."""
    collects = gc.isenabled()
    gc.disable()
    started = time.thread_time()
    try:
        work()
    finally:
        seconds = time.thread_time() - started
        if collects:
            gc.enable()
    return seconds


def growth(seconds_of: Callable[[int], float], length: int) -> float:
    """The exponent that the time grows with between an eighth of the length and all of it.

    `seconds_of` measures a text of a length; it is called with a slightly different length each
    time, so that no cache answers.
    """
    exponent = math.inf
    small = large = math.inf
    for trial in range(TRIES):
        small = min(small, seconds_of(length // 8 + trial * 16))
        large = min(large, seconds_of(length + trial * 16))
        exponent = math.log((large + NOISE_S) / (small + NOISE_S), 8)
        if exponent <= GROWTH:
            break
    return exponent
